package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A role to have in a branch.
 *
 * @param name unique in the branch
 * @param password absent: one is generated, or the one inherited from the parent branch stays
 * @param formerNames what it was called before, newest first; the stack knows it by one of them
 */
public record RoleSpec(String name, Optional<String> password, List<String> formerNames) {
  public RoleSpec {
    requireNonNull(name, "name is null");
    requireNonNull(password, "password is null");
    formerNames = List.copyOf(formerNames);
  }

  @Override
  public String toString() {
    return "RoleSpec[name=" + name + "]";
  }
}
