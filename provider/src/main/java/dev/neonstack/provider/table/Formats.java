package dev.neonstack.provider.table;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.Moment;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The texts that stand for something: ids, positions, moments, durations. */
public final class Formats {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");

  /** How an id of storage is written. */
  public static final String ID_FORM = "32 hexadecimal digits";

  /** How a moment is written. */
  public static final String INSTANT_FORM = "a moment in RFC 3339, such as 2026-11-23T09:00:00Z";

  /** How a duration is written. */
  public static final String DURATION_FORM =
      "a number with a unit (s, m, h or d), such as 12h or 7d";

  /** How a position is written. */
  public static final String LSN_FORM =
      "an LSN, two hexadecimal numbers around a slash, such as 0/14D8AB0";

  private Formats() {}

  /** Reads the id of a project. */
  public static Optional<TenantId> tenant(String text) {
    return parsed(() -> TenantId.of(text));
  }

  /** Reads the id of a branch. */
  public static Optional<TimelineId> timeline(String text) {
    return parsed(() -> TimelineId.of(text));
  }

  /** Reads a position and rounds it as storage does. */
  public static Optional<Lsn> lsn(String text) {
    return parsed(() -> Lsn.parse(text).aligned());
  }

  /** Reads a moment with any offset. */
  public static Optional<Instant> instant(String text) {
    return Moment.parse(text);
  }

  /** Reads a duration. */
  public static Optional<Duration> duration(String text) {
    var match = DURATION.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    var number = Long.parseLong(match.group(1));
    return Optional.of(
        switch (match.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  /** Writes a duration in the largest unit that divides it. */
  public static String duration(Duration duration) {
    var seconds = duration.toSeconds();
    if (seconds > 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds > 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** The same value for all texts that the reader reads as the same. */
  public static UnaryOperator<Value> normal(Function<String, Optional<?>> reader) {
    return value ->
        value instanceof Text text
            ? reader.apply(text.value()).map(read -> Value.of(read.toString())).orElse(value)
            : value;
  }

  private static <T> Optional<T> parsed(Supplier<T> reader) {
    try {
      return Optional.of(reader.get());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
