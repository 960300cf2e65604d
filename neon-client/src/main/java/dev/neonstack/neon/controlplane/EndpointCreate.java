package dev.neonstack.neon.controlplane;

import dev.neonstack.neon.TimelineId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An endpoint to be made.
 *
 * @param branch the branch it serves
 * @param type whether it may write
 * @param name a label for people
 * @param minCu smallest size in compute units; the server's default when absent
 * @param maxCu largest size in compute units; the server's default when absent
 * @param suspendTimeoutSeconds idle time until it sleeps: 0 the server's default, -1 never, at most
 *     604800
 * @param pooler whether a connection pooler stands in front
 * @param pgSettings settings of PostgreSQL, by name
 */
public record EndpointCreate(
    TimelineId branch,
    EndpointType type,
    Optional<String> name,
    OptionalDouble minCu,
    OptionalDouble maxCu,
    long suspendTimeoutSeconds,
    boolean pooler,
    Map<String, String> pgSettings) {

  /** Keeps its own copy of the settings. */
  public EndpointCreate {
    pgSettings = Map.copyOf(pgSettings);
  }

  /** An endpoint that may write, with the server's defaults for everything else. */
  public static EndpointCreate readWrite(TimelineId branch) {
    return new EndpointCreate(
        branch,
        EndpointType.READ_WRITE,
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0,
        false,
        Map.of());
  }
}
