package dev.neonstack.controlplane.port;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.List;
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
 * @param roles roles that exist
 * @param databases databases that exist; their owners are among the roles
 * @param droppedRoles roles that shall no longer exist
 * @param droppedDatabases databases that shall no longer exist, to be dropped before the roles
 */
public record ComputeSpec(
    String endpointId,
    TenantId project,
    TimelineId branch,
    String host,
    int port,
    Map<String, String> settings,
    List<RoleSpec> roles,
    List<DatabaseSpec> databases,
    List<String> droppedRoles,
    List<String> droppedDatabases) {

  /** Keeps its own copies. */
  public ComputeSpec {
    settings = Map.copyOf(settings);
    roles = List.copyOf(roles);
    databases = List.copyOf(databases);
    droppedRoles = List.copyOf(droppedRoles);
    droppedDatabases = List.copyOf(droppedDatabases);
  }

  /** The same, once the drops are done. */
  public ComputeSpec dropped() {
    return new ComputeSpec(
        endpointId, project, branch, host, port, settings, roles, databases, List.of(), List.of());
  }

  /**
   * A role that can log in.
   *
   * @param name its name
   * @param scramVerifier what PostgreSQL stores in place of the password, given to it as {@code
   *     PASSWORD}; secret
   */
  public record RoleSpec(String name, String scramVerifier) {
    @Override
    public String toString() {
      return "RoleSpec[name=" + name + ", scramVerifier=(hidden)]";
    }
  }

  /**
   * A database.
   *
   * @param name its name
   * @param owner the role that owns it
   */
  public record DatabaseSpec(String name, String owner) {}
}
