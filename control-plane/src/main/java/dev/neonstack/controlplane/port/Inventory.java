package dev.neonstack.controlplane.port;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The roles and databases that the Postgres of a branch has, whoever made them, without those that
 * PostgreSQL and neonstack keep for themselves.
 *
 * @param roles by name
 * @param databases by name
 */
public record Inventory(List<Role> roles, List<Database> databases) {

  /** Keeps its own copies. */
  public Inventory {
    roles = List.copyOf(roles);
    databases = List.copyOf(databases);
  }

  /**
   * A role.
   *
   * @param name its name
   * @param verifier what PostgreSQL stores of its password; secret; absent where it has none
   * @param login whether it may log in
   */
  public record Role(String name, Optional<String> verifier, boolean login) {
    public Role {
      requireNonNull(name, "name is null");
      requireNonNull(verifier, "verifier is null");
    }

    @Override
    public String toString() {
      return "Role[name=" + name + ", verifier=(hidden), login=" + login + "]";
    }
  }

  /**
   * A database.
   *
   * @param name its name
   * @param owner the role that owns it
   */
  public record Database(String name, String owner) {
    public Database {
      requireNonNull(name, "name is null");
      requireNonNull(owner, "owner is null");
    }
  }
}
