package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A branch to have in a project.
 *
 * @param name unique in the project
 * @param origin absent: the branch starts with an empty database server of its own
 * @param lifetime what may end the branch
 * @param archived whether its data is moved to cheap storage, where no endpoint can reach it
 * @param endpoint absent: the branch has no Postgres server
 * @param roles beside those inherited from the parent
 * @param databases beside those inherited from the parent
 * @param formerNames what it was called before, newest first; the stack knows it by one of them
 */
public record BranchSpec(
    String name,
    Optional<BranchOrigin> origin,
    BranchLifetime lifetime,
    boolean archived,
    Optional<EndpointSpec> endpoint,
    List<RoleSpec> roles,
    List<DatabaseSpec> databases,
    List<String> formerNames) {
  public BranchSpec {
    requireNonNull(name, "name is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(lifetime, "lifetime is null");
    requireNonNull(endpoint, "endpoint is null");
    roles = List.copyOf(roles);
    databases = List.copyOf(databases);
    formerNames = List.copyOf(formerNames);
  }

  /** The name of the parent, if there is one. */
  public Optional<String> parent() {
    return origin.map(BranchOrigin::parent);
  }
}
