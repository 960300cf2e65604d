package dev.neonstack.controlplane.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something the control plane did or is doing.
 *
 * @param id a UUID
 * @param project what it is about
 * @param branch what it is about
 * @param endpoint what it is about
 * @param action in Neon's words, such as {@code create_branch}
 * @param status how it stands
 * @param error why it failed
 * @param createdAt when it began
 * @param updatedAt when its status last changed
 */
public record Operation(
    String id,
    TenantId project,
    Optional<TimelineId> branch,
    Optional<String> endpoint,
    String action,
    Status status,
    Optional<String> error,
    Instant createdAt,
    Instant updatedAt) {

  /** How an operation stands. */
  public enum Status {
    /** At work. */
    @JsonProperty("running")
    RUNNING,
    /** Done. */
    @JsonProperty("finished")
    FINISHED,
    /** Given up. */
    @JsonProperty("failed")
    FAILED
  }

  public Operation ended(Optional<String> failure, Instant now) {
    return new Operation(
        id,
        project,
        branch,
        endpoint,
        action,
        failure.isPresent() ? Status.FAILED : Status.FINISHED,
        failure,
        createdAt,
        now);
  }
}
