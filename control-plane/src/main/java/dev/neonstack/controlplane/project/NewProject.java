package dev.neonstack.controlplane.project;

import dev.neonstack.controlplane.catalog.EndpointDefaults;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A project to be made, with its first branch, role, database and endpoint.
 *
 * @param name what people call it; drawn when absent
 * @param pgVersion major version of PostgreSQL
 * @param historyRetention how far back a branch can be made
 * @param region a label
 * @param first what its first branch is and holds
 * @param defaults what its endpoints are like
 * @param logicalReplication whether changes can be decoded from the WAL of its endpoints
 */
public record NewProject(
    Optional<String> name,
    int pgVersion,
    Duration historyRetention,
    Optional<String> region,
    First first,
    EndpointDefaults defaults,
    boolean logicalReplication) {

  /**
   * The first branch of a project.
   *
   * @param branch its name
   * @param role the role that owns the database
   * @param database the database
   * @param annotations what its maker wrote down about it
   */
  public record First(
      String branch, String role, String database, Map<String, String> annotations) {}
}
