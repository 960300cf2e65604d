package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

/**
 * A database to have in a branch.
 *
 * @param name unique in the branch
 * @param owner a role of the branch or of one of its ancestors
 */
public record DatabaseSpec(String name, String owner) {
  public DatabaseSpec {
    requireNonNull(name, "name is null");
    requireNonNull(owner, "owner is null");
  }
}
