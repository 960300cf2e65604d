package dev.neonstack.neon.controlplane;

import dev.neonstack.neon.TimelineId;
import java.util.Map;
import java.util.Optional;

/**
 * A Postgres server attached to a branch.
 *
 * @param id such as {@code ep-quiet-river-12345678}
 * @param branchId the branch it serves
 * @param host where it listens
 * @param port where it listens
 * @param type whether it may write
 * @param currentState what it is doing now
 * @param failure why it does not run although it shall
 * @param name a label for people
 * @param minCu smallest size in compute units
 * @param maxCu largest size in compute units
 * @param suspendTimeoutSeconds idle time until it sleeps: 0 the server's default, -1 never
 * @param pooler whether a connection pooler stands in front
 * @param pgSettings settings of PostgreSQL, by name
 */
public record Endpoint(
    String id,
    TimelineId branchId,
    String host,
    int port,
    EndpointType type,
    EndpointState currentState,
    Optional<String> failure,
    Optional<String> name,
    double minCu,
    double maxCu,
    long suspendTimeoutSeconds,
    boolean pooler,
    Map<String, String> pgSettings) {

  /** Keeps its own copy of the settings. */
  public Endpoint {
    pgSettings = Map.copyOf(pgSettings);
  }
}
