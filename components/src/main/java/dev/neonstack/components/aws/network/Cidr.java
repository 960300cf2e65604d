package dev.neonstack.components.aws.network;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A network of IPv4 addresses.
 *
 * @param address its first address, as an unsigned number
 * @param prefix how many leading bits all of its addresses share
 */
public record Cidr(long address, int prefix) {
  /** How a network has to be written. */
  public static final String EXPECTED =
      "an IPv4 network such as 10.0.0.0/16, all bits after the prefix zero";

  /** Every address there is. */
  public static final Cidr EVERYWHERE = new Cidr(0, 0);

  private static final int BITS = 32;
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern FORM =
      Pattern.compile(String.join("\\.", OCTET, OCTET, OCTET, OCTET) + "/(3[0-2]|[12]?[0-9])");

  public Cidr {
    if (prefix < 0 || prefix > BITS || address < 0 || address % size(prefix) != 0) {
      throw new IllegalArgumentException(
          "%d/%d is not a network; expected %s".formatted(address, prefix, EXPECTED));
    }
    if (address >= size(0)) {
      throw new IllegalArgumentException("%d is beyond the last IPv4 address".formatted(address));
    }
  }

  /** Reads a network as people write it. */
  public static Cidr parse(String text) {
    return read(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not a network; expected %s".formatted(text, EXPECTED)));
  }

  public static boolean isCidr(String text) {
    return read(text).isPresent();
  }

  private static Optional<Cidr> read(String text) {
    var found = FORM.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    var address = 0L;
    for (var octet = 1; octet <= 4; octet++) {
      address = address * 256 + Long.parseLong(found.group(octet));
    }
    var prefix = Integer.parseInt(found.group(5));
    return address % size(prefix) == 0 ? Optional.of(new Cidr(address, prefix)) : Optional.empty();
  }

  /** Whether all addresses of the other one are in this one. */
  public boolean contains(Cidr other) {
    return prefix <= other.prefix && other.address / size(prefix) * size(prefix) == address;
  }

  /** Whether the two share an address. */
  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /** Cuts it into equal parts: as many as asked for, or the next power of two. */
  public List<Cidr> split(int parts) {
    var longer = prefix + BITS - Integer.numberOfLeadingZeros(parts - 1);
    if (parts < 1 || longer > BITS) {
      throw new IllegalArgumentException("%s cannot be split into %d".formatted(this, parts));
    }
    return LongStream.range(0, size(prefix) / size(longer))
        .mapToObj(part -> new Cidr(address + part * size(longer), longer))
        .toList();
  }

  private static long size(int prefix) {
    return 1L << (BITS - prefix);
  }

  @Override
  public String toString() {
    return "%d.%d.%d.%d/%d"
        .formatted(address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255, prefix);
  }
}
