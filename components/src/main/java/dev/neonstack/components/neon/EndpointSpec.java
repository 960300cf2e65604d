package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The Postgres server of a branch. What is absent takes the default of the resource {@code
 * Endpoint}.
 *
 * @param settings Postgres settings by name
 * @param suspendTimeout how long without connections until it sleeps; zero: never
 * @param minCu smallest size, in compute units
 * @param maxCu largest size, in compute units
 * @param pooler whether connections go through a pooler
 */
public record EndpointSpec(
    Map<String, String> settings,
    Optional<Duration> suspendTimeout,
    Optional<Double> minCu,
    Optional<Double> maxCu,
    Optional<Boolean> pooler) {

  /** An endpoint with every default. */
  public static final EndpointSpec DEFAULT =
      new EndpointSpec(
          Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public EndpointSpec {
    settings = Map.copyOf(settings);
    requireNonNull(suspendTimeout, "suspendTimeout is null");
    requireNonNull(minCu, "minCu is null");
    requireNonNull(maxCu, "maxCu is null");
    requireNonNull(pooler, "pooler is null");
  }
}
