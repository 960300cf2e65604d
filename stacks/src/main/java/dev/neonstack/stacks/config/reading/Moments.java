package dev.neonstack.stacks.config.reading;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads moments as RFC 3339 writes them. Unquoted in YAML such a moment is a value of its own,
 * which Pulumi hands on as the language Go prints it; that is understood too.
 */
public final class Moments {
  public static final String EXPECTED =
      "a moment as RFC 3339 writes it, such as 2026-05-01T12:00:00Z";

  private static final Pattern GO =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?) ([+-]\\d\\d)(\\d\\d) \\S+");

  private Moments() {}

  public static Optional<Instant> parse(String text) {
    try {
      var moment = GO.matcher(text).replaceFirst("$1T$2$3:$4");
      return Optional.of(OffsetDateTime.parse(moment).toInstant());
    } catch (DateTimeException notAMoment) {
      return Optional.empty();
    }
  }
}
