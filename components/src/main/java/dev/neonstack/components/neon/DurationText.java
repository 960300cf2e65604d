package dev.neonstack.components.neon;

import java.time.Duration;

/** Writes a duration as the provider reads it: a whole number and the largest unit that fits. */
final class DurationText {
  private DurationText() {}

  static String of(Duration duration) {
    var seconds = duration.toSeconds();
    if (seconds % Duration.ofDays(1).toSeconds() == 0) {
      return duration.toDays() + "d";
    }
    if (seconds % Duration.ofHours(1).toSeconds() == 0) {
      return duration.toHours() + "h";
    }
    if (seconds % Duration.ofMinutes(1).toSeconds() == 0) {
      return duration.toMinutes() + "m";
    }
    return seconds + "s";
  }
}
