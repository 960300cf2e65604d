package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A database to have in a branch.
 *
 * @param name unique in the branch
 * @param owner a role of the branch or of one of its ancestors
 * @param formerNames what it was called before, newest first; the stack knows it by one of them
 */
public record DatabaseSpec(String name, String owner, List<String> formerNames) {
  public DatabaseSpec {
    requireNonNull(name, "name is null");
    requireNonNull(owner, "owner is null");
    formerNames = List.copyOf(formerNames);
  }
}
