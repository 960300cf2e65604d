package dev.neonstack.neon;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads moments as people write them down: as RFC 3339 has it, as {@code psql} shows them ({@code
 * 2026-11-27 22:32:03.34+00}) and as Go prints them, which Pulumi does with one that stands in YAML
 * without quotes ({@code 2026-11-27 22:32:03 +0000 UTC}). All of them carry their offset; without
 * one it is not known which moment is meant.
 */
public final class Moment {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<date>\\d{4}-\\d\\d-\\d\\d)[Tt ](?<time>\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)"
              + "(?:(?<utc>[Zz])| ?(?<hours>[+-]\\d\\d)(?::?(?<minutes>\\d\\d))?(?: \\S+)?)");
  private static final String NO_YEAR = "0000";

  private Moment() {}

  /** The moment, to the nanosecond; empty when the text is none. */
  public static Optional<Instant> parse(String text) {
    var found = FORM.matcher(text.strip());
    if (!found.matches() || found.group("date").startsWith(NO_YEAR)) {
      return Optional.empty();
    }
    var minutes = Optional.ofNullable(found.group("minutes")).orElse("00");
    var offset = found.group("utc") == null ? found.group("hours") + ":" + minutes : "Z";
    try {
      var moment = OffsetDateTime.parse(found.group("date") + "T" + found.group("time") + offset);
      return Optional.of(moment.toInstant());
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
