package dev.neonstack.controlplane.catalog;

import java.util.Map;

/**
 * What the endpoints of a project are like when a request does not say.
 *
 * @param minCu smallest size in compute units
 * @param maxCu largest size in compute units
 * @param suspendTimeoutSeconds idle time until one sleeps: 0 the default, -1 never
 * @param pgSettings settings of PostgreSQL, by name
 */
public record EndpointDefaults(
    double minCu, double maxCu, long suspendTimeoutSeconds, Map<String, String> pgSettings) {
  /** When the project does not say either. */
  public static final EndpointDefaults USUAL =
      new EndpointDefaults(EndpointShape.DEFAULT_MIN_CU, EndpointShape.DEFAULT_MAX_CU, 0, Map.of());

  /** Keeps its own copy of the settings. */
  public EndpointDefaults {
    pgSettings = Map.copyOf(pgSettings);
  }
}
