package dev.neonstack.neon.controlplane;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import java.util.Optional;

/**
 * A branch whose timeline somebody else looks after, made known to the control plane. It is
 * registered twice: before the storage call with {@code ready} false, as the intent, and after it.
 *
 * @param id the timeline in storage
 * @param name what people call it; one branch of a project per name
 * @param parent the branch it starts from; empty for a root
 * @param parentLsn the position on the parent it starts from, as resolved
 * @param parentTimestamp the time it was asked to start from
 * @param protectedBranch whether deleting it is refused
 * @param expiresAt when the control plane deletes it by itself
 * @param ready whether the timeline is known to exist
 * @param owner who declares it (the URN of a Pulumi resource), so that it is found again
 */
public record BranchRegistration(
    TimelineId id,
    String name,
    @JsonProperty("parent_id") Optional<TimelineId> parent,
    Optional<Lsn> parentLsn,
    Optional<Instant> parentTimestamp,
    @JsonProperty("protected") boolean protectedBranch,
    Optional<Instant> expiresAt,
    boolean ready,
    Optional<String> owner) {

  /** The same under another name. */
  public BranchRegistration named(String other) {
    return new BranchRegistration(
        id, other, parent, parentLsn, parentTimestamp, protectedBranch, expiresAt, ready, owner);
  }
}
