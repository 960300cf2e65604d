package dev.neonstack.review.cost;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What no declaration says and a bill depends on; an estimate prints it as assumed.
 *
 * @param s3Tib stored in all buckets
 * @param ecrGib stored in all repositories
 * @param flowLogGib written a month
 * @param controlPlaneLogGib written a month
 * @param nlbCapacityUnits used by each load balancer on average
 * @param today decides at which price EKS supports a version
 */
public record Usage(
    BigDecimal s3Tib,
    BigDecimal ecrGib,
    BigDecimal flowLogGib,
    BigDecimal controlPlaneLogGib,
    BigDecimal nlbCapacityUnits,
    LocalDate today) {
  /** Refuses amounts below nothing. */
  public Usage {
    requireNonNull(today, "today is null");
    for (var amount :
        new BigDecimal[] {s3Tib, ecrGib, flowLogGib, controlPlaneLogGib, nlbCapacityUnits}) {
      if (amount.signum() < 0) {
        throw new IllegalArgumentException(
            "usage is '%s'; allowed is 0 or more. Correct it.".formatted(amount));
      }
    }
  }

  /** A small platform: 1 TiB of objects, 20 GiB of images, 50 and 20 GiB of logs. */
  public static Usage assumed(LocalDate today) {
    return new Usage(
        BigDecimal.ONE,
        BigDecimal.valueOf(20),
        BigDecimal.valueOf(50),
        BigDecimal.valueOf(20),
        BigDecimal.ONE,
        today);
  }

  /**
   * Reads the setting {@code usage} of a stack, a map of {@code s3TiB}; what is absent is assumed.
   */
  public static Usage read(JsonNode usage, LocalDate today) {
    var assumed = assumed(today);
    var s3Tib = usage.path("s3TiB");
    if (s3Tib.isMissingNode()) {
      return assumed;
    }
    if (!s3Tib.isNumber()) {
      throw new IllegalArgumentException(
          "usage.s3TiB is %s; allowed is a number, 0 or more. Correct it.".formatted(s3Tib));
    }
    return assumed.withS3Tib(s3Tib.decimalValue());
  }

  /** The same with another amount of objects. */
  public Usage withS3Tib(BigDecimal tib) {
    return new Usage(tib, ecrGib, flowLogGib, controlPlaneLogGib, nlbCapacityUnits, today);
  }
}
