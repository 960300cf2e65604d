package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A project to have, with its whole tree of branches.
 *
 * @param name unique in the stack
 * @param pgVersion major version of PostgreSQL, 14 to 17
 * @param historyRetention how far back a branch may start
 * @param region where it lives; absent: where the target lives
 * @param branches in any order
 * @param formerNames what it was called before, newest first; the stack knows it by one of them
 */
public record ProjectSpec(
    String name,
    int pgVersion,
    Duration historyRetention,
    Optional<String> region,
    List<BranchSpec> branches,
    List<String> formerNames) {
  public ProjectSpec {
    requireNonNull(name, "name is null");
    requireNonNull(historyRetention, "historyRetention is null");
    requireNonNull(region, "region is null");
    branches = List.copyOf(branches);
    formerNames = List.copyOf(formerNames);
  }
}
