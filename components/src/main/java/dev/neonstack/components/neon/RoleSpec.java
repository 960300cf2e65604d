package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A role to have in a branch.
 *
 * @param name unique in the branch
 * @param password absent: one is generated, or the one inherited from the parent branch stays
 */
public record RoleSpec(String name, Optional<String> password) {
  public RoleSpec {
    requireNonNull(name, "name is null");
    requireNonNull(password, "password is null");
  }

  @Override
  public String toString() {
    return "RoleSpec[name=" + name + "]";
  }
}
