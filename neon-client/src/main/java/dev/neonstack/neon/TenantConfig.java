package dev.neonstack.neon;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a project in storage; storage's own defaults hold for what is empty.
 *
 * @param pitrInterval how much history is kept for branches in the past; storage's default is 7
 *     days
 */
public record TenantConfig(Optional<Duration> pitrInterval) {

  /** Refuses a negative interval. */
  public TenantConfig {
    pitrInterval.ifPresent(
        interval -> {
          if (interval.isNegative()) {
            throw new IllegalArgumentException(
                "history retention is " + interval + "; expected zero or more");
          }
        });
  }

  /** The settings in storage's words; seconds, as its durations know no ISO form. */
  public Map<String, Object> settings() {
    return pitrInterval
        .<Map<String, Object>>map(interval -> Map.of("pitr_interval", interval.toSeconds() + "s"))
        .orElse(Map.of());
  }
}
