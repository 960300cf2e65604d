package dev.neonstack.stacks.config.reading;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads durations as people write them: a whole number and a unit. */
public final class Durations {
  public static final String EXPECTED =
      "a whole number with a unit s, m, h or d, such as 30m or 7d";

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smhd])");

  private Durations() {}

  public static Optional<Duration> parse(String text) {
    var match = FORM.matcher(text.strip());
    if (!match.matches()) {
      return Optional.empty();
    }
    var count = Long.parseLong(match.group(1));
    return Optional.of(
        switch (match.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }
}
