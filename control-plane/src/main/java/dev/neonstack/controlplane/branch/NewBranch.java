package dev.neonstack.controlplane.branch;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A branch to be made.
 *
 * @param name what people call it; drawn when absent
 * @param parent the branch it starts from; the project's default branch when absent
 * @param parentLsn where on the parent; its head when absent
 * @param parentTimestamp when on the parent, in place of the position
 * @param protectedBranch whether deleting it is refused
 * @param expiresAt when the control plane deletes it by itself
 * @param annotations what its maker wrote down about it
 */
public record NewBranch(
    Optional<String> name,
    Optional<TimelineId> parent,
    Optional<Lsn> parentLsn,
    Optional<Instant> parentTimestamp,
    boolean protectedBranch,
    Optional<Instant> expiresAt,
    Map<String, String> annotations) {

  /** Whether this is what the branch was made of; the parent is not looked at. */
  boolean describes(Branch branch) {
    var origin = branch.origin();
    return name.equals(Optional.of(branch.name()))
        && (parentLsn.isEmpty() || parentLsn.equals(origin.parentLsn()))
        && (parentTimestamp.isEmpty() || parentTimestamp.equals(origin.parentTimestamp()));
  }
}
