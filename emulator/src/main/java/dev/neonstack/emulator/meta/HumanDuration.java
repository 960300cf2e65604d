package dev.neonstack.emulator.meta;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Durations as a pageserver writes them: {@code 7days}, {@code 1h 30m}, {@code 0s}. */
public final class HumanDuration {
  private static final Pattern FORM = Pattern.compile("\\s*(?:\\d+\\s*[A-Za-z]+\\s*)+");
  private static final Pattern PART = Pattern.compile("(\\d+)\\s*([A-Za-z]+)");
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60;
  private static final long HOUR = 3_600;
  private static final long DAY = 86_400;
  private static final long WEEK = 7 * DAY;
  private static final long MONTH = 2_630_016;
  private static final long YEAR = 31_557_600;

  private static final Map<String, Long> NANOS =
      Map.ofEntries(
          Map.entry("ns", 1L),
          Map.entry("nsec", 1L),
          Map.entry("us", 1_000L),
          Map.entry("usec", 1_000L),
          Map.entry("ms", 1_000_000L),
          Map.entry("msec", 1_000_000L));

  private static final Map<String, Long> SECONDS =
      Map.ofEntries(
          Map.entry("s", 1L),
          Map.entry("sec", 1L),
          Map.entry("second", 1L),
          Map.entry("seconds", 1L),
          Map.entry("m", MINUTE),
          Map.entry("min", MINUTE),
          Map.entry("minute", MINUTE),
          Map.entry("minutes", MINUTE),
          Map.entry("h", HOUR),
          Map.entry("hr", HOUR),
          Map.entry("hrs", HOUR),
          Map.entry("hour", HOUR),
          Map.entry("hours", HOUR),
          Map.entry("d", DAY),
          Map.entry("day", DAY),
          Map.entry("days", DAY),
          Map.entry("w", WEEK),
          Map.entry("wk", WEEK),
          Map.entry("wks", WEEK),
          Map.entry("week", WEEK),
          Map.entry("weeks", WEEK),
          Map.entry("M", MONTH),
          Map.entry("month", MONTH),
          Map.entry("months", MONTH),
          Map.entry("y", YEAR),
          Map.entry("yr", YEAR),
          Map.entry("yrs", YEAR),
          Map.entry("year", YEAR),
          Map.entry("years", YEAR));

  private HumanDuration() {}

  /** Reads a duration; empty when the text is none, or is longer than 2^63 nanoseconds. */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    var nanos = BigInteger.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      var unit = parts.group(2);
      var size =
          NANOS.containsKey(unit)
              ? BigInteger.valueOf(NANOS.get(unit))
              : BigInteger.valueOf(SECONDS.getOrDefault(unit, 0L))
                  .multiply(BigInteger.valueOf(SECOND));
      if (size.signum() == 0) {
        return Optional.empty();
      }
      nanos = nanos.add(new BigInteger(parts.group(1)).multiply(size));
    }
    if (nanos.bitLength() >= Long.SIZE) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(nanos.longValueExact()));
  }

  /** Writes a duration, largest unit first. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    var text = new StringJoiner(" ");
    long rest = duration.toSeconds();
    rest = spelled(text, rest, YEAR, "year");
    rest = spelled(text, rest, MONTH, "month");
    rest = spelled(text, rest, DAY, "day");
    rest = abbreviated(text, rest, HOUR, "h");
    rest = abbreviated(text, rest, MINUTE, "m");
    abbreviated(text, rest, 1, "s");
    long nanos = duration.toNanosPart();
    nanos = abbreviated(text, nanos, 1_000_000, "ms");
    nanos = abbreviated(text, nanos, 1_000, "us");
    abbreviated(text, nanos, 1, "ns");
    return text.toString();
  }

  private static long spelled(StringJoiner text, long rest, long unit, String name) {
    var count = rest / unit;
    if (count > 0) {
      text.add(count + name + (count > 1 ? "s" : ""));
    }
    return rest % unit;
  }

  private static long abbreviated(StringJoiner text, long rest, long unit, String name) {
    var count = rest / unit;
    if (count > 0) {
      text.add(count + name);
    }
    return rest % unit;
  }
}
