package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import dev.neonstack.neon.Lsn;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a branch starts: at the head of its parent unless a position or a time is given.
 *
 * @param parent name of another branch of the project
 * @param lsn position in the parent's log; excludes {@code timestamp}
 * @param timestamp moment of the parent's history; excludes {@code lsn}
 */
public record BranchOrigin(String parent, Optional<Lsn> lsn, Optional<Instant> timestamp) {
  public BranchOrigin {
    requireNonNull(parent, "parent is null");
    requireNonNull(lsn, "lsn is null");
    requireNonNull(timestamp, "timestamp is null");
  }
}
