package dev.neonstack.review.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Some EBS volumes of one kind.
 *
 * @param what they are for
 * @param count how many
 * @param gib size of each
 * @param type such as {@code gp3}
 * @param iops provisioned for each
 * @param throughput MiB/s provisioned for each
 */
record Volume(
    String what,
    BigDecimal count,
    BigDecimal gib,
    String type,
    Optional<BigDecimal> iops,
    Optional<BigDecimal> throughput) {
  private static final BigDecimal FREE_IOPS = BigDecimal.valueOf(3000);
  private static final BigDecimal FREE_THROUGHPUT = BigDecimal.valueOf(125);
  private static final BigDecimal FIRST_TIER = BigDecimal.valueOf(32_000);
  private static final BigDecimal SECOND_TIER = BigDecimal.valueOf(64_000);

  static Optional<BigDecimal> number(JsonNode value) {
    try {
      return Optional.of(value.asText("")).filter(text -> !text.isEmpty()).map(BigDecimal::new);
    } catch (NumberFormatException notKnown) {
      return Optional.empty();
    }
  }

  void addTo(Bill bill) {
    var note = count.toPlainString() + " × " + gib.toPlainString() + " GiB " + type;
    bill.add(what, count.multiply(gib), "GiB", "ebs." + type + ".gib", note);
    switch (type) {
      case "gp3" -> {
        more(bill, "IOPS", iops, FREE_IOPS);
        more(bill, "throughput", throughput, FREE_THROUGHPUT);
      }
      case "io2" -> tiers(bill);
      case "io1" -> more(bill, "IOPS", iops, BigDecimal.ZERO);
      default -> {
        // The other types have no price beside the one of their size.
      }
    }
  }

  /** What is above the amount that comes with the volume. */
  private void more(Bill bill, String kind, Optional<BigDecimal> wanted, BigDecimal free) {
    var above = wanted.orElse(free).subtract(free);
    var price = kind.equals("IOPS") ? "iops" : "throughput";
    bill.addSome(
        what + ", " + kind,
        above.multiply(count),
        kind.equals("IOPS") ? "IOPS" : "MiB/s",
        "ebs." + type + "." + price,
        free.signum() == 0 ? "" : "above the " + free + " that come with each");
  }

  private void tiers(Bill bill) {
    var all = iops.orElse(BigDecimal.ZERO);
    tier(bill, all.min(FIRST_TIER), "IOPS", "to32000");
    tier(bill, all.min(SECOND_TIER).subtract(FIRST_TIER), "IOPS above 32000", "to64000");
    tier(bill, all.subtract(SECOND_TIER), "IOPS above 64000", "above");
  }

  private void tier(Bill bill, BigDecimal amount, String kind, String tier) {
    bill.addSome(what + ", " + kind, amount.multiply(count), "IOPS", "ebs.io2.iops." + tier, "");
  }
}
