package dev.neonstack.controlplane.port;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.Map;

/**
 * What shall run for an endpoint.
 *
 * @param endpointId such as {@code ep-quiet-river-12345678}
 * @param project the tenant
 * @param branch the timeline
 * @param host where Postgres listens
 * @param port where Postgres listens
 * @param settings settings of PostgreSQL, by name
 * @param logicalReplication whether changes can be decoded from its WAL
 */
public record ComputeSpec(
    String endpointId,
    TenantId project,
    TimelineId branch,
    String host,
    int port,
    Map<String, String> settings,
    boolean logicalReplication) {

  /** Keeps its own copy. */
  public ComputeSpec {
    settings = Map.copyOf(settings);
  }
}
