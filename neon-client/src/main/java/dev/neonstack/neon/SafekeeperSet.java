package dev.neonstack.neon;

import java.util.List;

/**
 * The safekeepers of a branch.
 *
 * @param generation which set of the branch this is; 0 where no storage controller manages them
 * @param members {@code host:port} of each, in Postgres' protocol
 */
public record SafekeeperSet(int generation, List<String> members) {
  /** Keeps its own copy. */
  public SafekeeperSet {
    members = List.copyOf(members);
  }
}
