package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How the write-ahead log is cut into segments and pages. Everything is on PostgreSQL timeline 1.
 */
final class WalLayout {
  static final int SEGMENT_BYTES = 1 << 20;
  static final int PAGE_BYTES = 8192;
  static final int SHORT_HEADER_BYTES = 24;
  static final int LONG_HEADER_BYTES = 40;

  private static final int SEGMENT_BITS = 20;
  private static final int ID_BITS = 32 - SEGMENT_BITS;
  private static final Pattern NAME = Pattern.compile("00000001([0-9A-F]{8})([0-9A-F]{8})");

  private WalLayout() {}

  static long segment(Lsn lsn) {
    return lsn.value() >>> SEGMENT_BITS;
  }

  static Lsn startOf(long segment) {
    return new Lsn(segment << SEGMENT_BITS);
  }

  static String fileName(long segment) {
    return String.format(
        Locale.ROOT, "00000001%08X%08X", segment >>> ID_BITS, segment & ((1L << ID_BITS) - 1));
  }

  /** The segment a file holds; empty when it is no segment. */
  static OptionalLong segmentNamed(String fileName) {
    var match = NAME.matcher(fileName);
    if (!match.matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Long.parseLong(match.group(1), 16) << ID_BITS | Long.parseLong(match.group(2), 16));
  }

  /** Where a record really begins that follows the given end of another: behind a page header. */
  static Lsn recordStart(Lsn end) {
    if (end.value() % SEGMENT_BYTES == 0) {
      return end.plus(LONG_HEADER_BYTES);
    }
    return end.value() % PAGE_BYTES == 0 ? end.plus(SHORT_HEADER_BYTES) : end;
  }
}
