package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import dev.neonstack.sdk.Branch;
import dev.neonstack.sdk.Database;
import dev.neonstack.sdk.Endpoint;
import dev.neonstack.sdk.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One branch of a tree with the resources declared for it.
 *
 * @param spec what was declared
 * @param parent absent for a root
 * @param branch the branch itself
 * @param roles in the order declared
 * @param databases in the order declared
 * @param login the first of the roles, or the inherited one of a branch that declares none; absent
 *     without an endpoint or any role
 * @param endpoint absent when the branch has no Postgres server
 */
public record TreeBranch(
    BranchSpec spec,
    Optional<TreeBranch> parent,
    Branch branch,
    List<Role> roles,
    List<Database> databases,
    Optional<Role> login,
    Optional<Endpoint> endpoint) {

  /** The database every branch has. */
  private static final String DEFAULT_DATABASE = "postgres";

  public TreeBranch {
    requireNonNull(spec, "spec is null");
    requireNonNull(parent, "parent is null");
    requireNonNull(branch, "branch is null");
    roles = List.copyOf(roles);
    databases = List.copyOf(databases);
    requireNonNull(login, "login is null");
    requireNonNull(endpoint, "endpoint is null");
  }

  /**
   * How to connect to the first database as the first role, both of the branch or else of its
   * nearest ancestor that has one; with the password the role has on this branch. A secret. Absent
   * without an endpoint or any role.
   */
  public Optional<Output<String>> connectionUri() {
    return endpoint.flatMap(server -> login.map(role -> uri(server, role)));
  }

  private Output<String> uri(Endpoint server, Role role) {
    var name = firstRole().orElseThrow().name();
    var database = firstDatabase().map(DatabaseSpec::name).orElse(DEFAULT_DATABASE);
    return Output.tuple(role.password(), server.host(), server.port())
        .applyValue(
            known ->
                ConnectionUri.of(name, Optional.ofNullable(known.t1), known.t2, known.t3, database))
        .asSecret();
  }

  /** What must exist before a child is made, so that the child inherits it. */
  List<Resource> inheritable() {
    var resources = new ArrayList<Resource>(roles);
    resources.addAll(databases);
    return resources;
  }

  /** The first role of the branch or else of its nearest ancestor that has one. */
  Optional<RoleSpec> firstRole() {
    return spec.roles().stream().findFirst().or(() -> parent.flatMap(TreeBranch::firstRole));
  }

  /** The first database of the branch or else of its nearest ancestor that has one. */
  Optional<DatabaseSpec> firstDatabase() {
    return spec.databases().stream()
        .findFirst()
        .or(() -> parent.flatMap(TreeBranch::firstDatabase));
  }

  /** The role of that name, of the branch or else of its nearest ancestor that has it. */
  Optional<RoleSpec> role(String name) {
    return spec.roles().stream()
        .filter(role -> role.name().equals(name))
        .findFirst()
        .or(() -> parent.flatMap(above -> above.role(name)));
  }
}
