package dev.neonstack.review.loss;

import java.time.Duration;
import java.util.regex.Pattern;

/** Spans of time as configurations hold them: a whole number and a unit. */
final class Spans {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smhd])");

  private Spans() {}

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  static Duration of(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no span of time; expected a number with s, m, h or d, such as 7d");
    }
    var count = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
