package dev.neonstack.neon;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A log sequence number: a position, in bytes, in the write-ahead log of a branch. Written {@code
 * HI/LO} in upper-case hexadecimal without leading zeros ({@code 0/14D8AB0}), as PostgreSQL and
 * Neon print it. Compared unsigned.
 *
 * @param value the position as an unsigned 64-bit number
 */
public record Lsn(long value) implements Comparable<Lsn> {
  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f]{1,16})/([0-9A-Fa-f]{1,16})");
  private static final int ALIGNMENT = 8;

  /** The position zero, which Neon uses for "none". */
  public static final Lsn ZERO = new Lsn(0);

  /**
   * Reads an LSN: lower case and leading zeros are accepted, as Neon accepts them.
   *
   * @throws IllegalArgumentException when it is not two hexadecimal numbers of 32 bits around a
   *     slash
   */
  @JsonCreator
  public static Lsn parse(String text) {
    var match = FORM.matcher(text == null ? "" : text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "LSN is '"
              + text
              + "'; expected two hexadecimal numbers around a slash, such as 0/14D8AB0");
    }
    var high = Long.parseUnsignedLong(match.group(1), 16);
    var low = Long.parseUnsignedLong(match.group(2), 16);
    if (high > 0xFFFF_FFFFL || high < 0 || low > 0xFFFF_FFFFL || low < 0) {
      throw new IllegalArgumentException(
          "LSN is '" + text + "'; each side of the slash has at most 8 significant digits");
    }
    return new Lsn(high << 32 | low);
  }

  /**
   * This LSN rounded up to 8 bytes, the alignment of a WAL record. Neon rounds the start of a
   * branch so ({@code 0/15EE23B} becomes {@code 0/15EE240}); do it before sending or comparing.
   */
  public Lsn aligned() {
    return new Lsn((value + ALIGNMENT - 1) & -ALIGNMENT);
  }

  /** The LSN so many bytes further on. */
  public Lsn plus(long bytes) {
    return new Lsn(value + bytes);
  }

  public boolean isBefore(Lsn other) {
    return compareTo(other) < 0;
  }

  public boolean isAfter(Lsn other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(value, other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xFFFF_FFFFL);
  }
}
