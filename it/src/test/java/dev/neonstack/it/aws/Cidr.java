package dev.neonstack.it.aws;

import java.util.Optional;
import java.util.regex.Pattern;

/** A range of IPv4 addresses, told by its first address. */
record Cidr(long first, int bits) {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
  private static final int ADDRESS_BITS = 32;
  private static final int MAX_OCTET = 255;

  /** Nothing when the text is no range, or when it does not begin at its first address. */
  static Optional<Cidr> parse(String text) {
    var match = SHAPE.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    var address = 0L;
    for (var i = 1; i <= 4; i++) {
      var octet = Integer.parseInt(match.group(i));
      if (octet > MAX_OCTET) {
        return Optional.empty();
      }
      address = (address << 8) + octet;
    }
    var bits = Integer.parseInt(match.group(5));
    return Optional.of(new Cidr(address, bits))
        .filter(cidr -> bits <= ADDRESS_BITS && cidr.first % cidr.size() == 0);
  }

  private long size() {
    return 1L << (ADDRESS_BITS - bits);
  }

  boolean contains(Cidr other) {
    return bits <= other.bits && first <= other.first && other.first < first + size();
  }

  boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }
}
