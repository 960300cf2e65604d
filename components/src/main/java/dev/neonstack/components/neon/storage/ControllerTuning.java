package dev.neonstack.components.neon.storage;

import java.time.Duration;

/**
 * How patient the storage controller is.
 *
 * @param tenantRateLimit requests per second and project; what exceeds it is delayed. Neon's own
 *     default of 10 makes a stack of many branches wait
 * @param maxOfflineInterval how long a silent pageserver keeps its projects before others take them
 * @param maxWarmingUpInterval the same for a pageserver that is starting
 * @param heartbeatInterval how often servers are asked whether they live
 */
public record ControllerTuning(
    int tenantRateLimit,
    Duration maxOfflineInterval,
    Duration maxWarmingUpInterval,
    Duration heartbeatInterval) {
  /** 1,000 requests per second, 30 seconds, 5 minutes and 5 seconds. */
  public static final ControllerTuning DEFAULT =
      new ControllerTuning(
          1000, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(5));

  public ControllerTuning {
    if (tenantRateLimit < 1) {
      throw new IllegalArgumentException(
          "tenantRateLimit is %d; expected 1 or more".formatted(tenantRateLimit));
    }
    if (maxOfflineInterval.compareTo(heartbeatInterval) <= 0) {
      throw new IllegalArgumentException(
          "maxOfflineInterval is %s; expected more than heartbeatInterval, which is %s"
              .formatted(maxOfflineInterval, heartbeatInterval));
    }
  }
}
