package dev.neonstack.review.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What one of something costs.
 *
 * @param usd US dollars
 * @param per how long that lasts
 * @param source how far to trust it, as the head of the price table says
 */
public record Price(BigDecimal usd, Per per, String source) {
  private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(730);

  /** Refuses what is below nothing. */
  public Price {
    requireNonNull(per, "per is null");
    requireNonNull(source, "source is null");
    if (usd.signum() < 0) {
      throw new IllegalArgumentException(
          "usd is '%s'; allowed is 0 or more. Correct the price.".formatted(usd));
    }
  }

  /** How long a price lasts. */
  public enum Per {
    /** Of running; a month has 730 of them. */
    HOUR,
    /** Whatever its length. */
    MONTH
  }

  BigDecimal perMonth() {
    return switch (per) {
      case HOUR -> usd.multiply(HOURS_OF_A_MONTH);
      case MONTH -> usd;
    };
  }
}
