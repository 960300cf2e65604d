package dev.neonstack.controlplane.project;

import dev.neonstack.controlplane.catalog.EndpointShape;
import java.time.Duration;
import java.util.Optional;

/**
 * A project to be made, with its first branch, role, database and endpoint.
 *
 * @param name what people call it; drawn when absent
 * @param pgVersion major version of PostgreSQL
 * @param historyRetention how far back a branch can be made
 * @param region a label
 * @param first what its first branch is and holds
 * @param shape what its first endpoint is like
 */
public record NewProject(
    Optional<String> name,
    int pgVersion,
    Duration historyRetention,
    Optional<String> region,
    First first,
    EndpointShape shape) {

  /**
   * The first branch of a project.
   *
   * @param branch its name
   * @param role the role that owns the database
   * @param database the database
   */
  public record First(String branch, String role, String database) {}
}
