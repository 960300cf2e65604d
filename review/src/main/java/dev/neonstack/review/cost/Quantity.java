package dev.neonstack.review.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts of storage as Kubernetes writes them. */
final class Quantity {
  private static final Pattern SHAPE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([KMGTP]i?|k)?");
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
  private static final Map<String, BigDecimal> BYTES =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("k", BigDecimal.valueOf(1000)),
          Map.entry("K", BigDecimal.valueOf(1000)),
          Map.entry("M", BigDecimal.valueOf(1_000_000)),
          Map.entry("G", BigDecimal.valueOf(1_000_000_000)),
          Map.entry("T", BigDecimal.valueOf(1_000_000_000_000L)),
          Map.entry("P", BigDecimal.valueOf(1_000_000_000_000_000L)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", GIB),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)));

  private Quantity() {}

  /** GiB of {@code 100Gi}; empty when it is no amount. */
  static Optional<BigDecimal> gib(String text) {
    var matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var suffix = Optional.ofNullable(matcher.group(2)).orElse("");
    return Optional.of(
        new BigDecimal(matcher.group(1))
            .multiply(BYTES.get(suffix))
            .divide(GIB, MathContext.DECIMAL32)
            .stripTrailingZeros());
  }
}
