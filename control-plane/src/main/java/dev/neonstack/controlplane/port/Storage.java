package dev.neonstack.controlplane.port;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.LsnAtTime;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;

/**
 * Neon's storage as the core needs it. Every call is idempotent and returns when it is done; what
 * cannot be done is a {@link Problem}.
 */
public interface Storage {

  /** Returns when storage answers; asks once. */
  void probe();

  /** Makes the tenant, or gives an existing one this retention. */
  void createProject(TenantId project, Duration historyRetention);

  /** Changes how much history is kept. */
  void changeProject(TenantId project, Duration historyRetention);

  /** Deletes the tenant with everything in it. */
  void deleteProject(TenantId project);

  /** Makes a root: an empty database. */
  void createRoot(TenantId project, TimelineId id, int pgVersion);

  /** Makes a child that starts with its parent's data at the position. */
  void createBranch(TenantId project, TimelineId id, TimelineId parent, Lsn at);

  /** Where on the branch a child can start. */
  LsnRange range(TenantId project, TimelineId branch);

  /** The position of a point in time; its kind says whether it can be used. */
  LsnAtTime lsnAt(TenantId project, TimelineId branch, Instant time);

  /** Deletes the timeline and returns when it is gone; one with children is refused untouched. */
  void deleteBranch(TenantId project, TimelineId branch);
}
