package dev.neonstack.neon.controlplane;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A change of an endpoint; what is absent stays as it is. New settings of PostgreSQL restart one
 * that runs.
 *
 * @param name a label for people
 * @param minCu smallest size in compute units
 * @param maxCu largest size in compute units
 * @param suspendTimeoutSeconds idle time until it sleeps: 0 the server's default, -1 never
 * @param pooler whether a connection pooler stands in front
 * @param pgSettings all settings of PostgreSQL; those left out are dropped
 */
public record EndpointUpdate(
    Optional<String> name,
    OptionalDouble minCu,
    OptionalDouble maxCu,
    OptionalLong suspendTimeoutSeconds,
    Optional<Boolean> pooler,
    Optional<Map<String, String>> pgSettings) {

  /** Keeps its own copy of the settings. */
  public EndpointUpdate {
    pgSettings = pgSettings.map(Map::copyOf);
  }
}
