package dev.neonstack.emulator;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import java.util.Optional;

/**
 * The data under the timelines. Called from several threads at once; never twice at once with
 * {@link #bootstrap} or {@link #delete} of the same timeline. What it is not told by an argument it
 * learns from a {@link TimelineLookup}. What is being deleted may be read: it is empty then.
 */
public interface TimelineData {

  /**
   * Makes the data of a new root and returns the LSN at the end of initdb. On return the data
   * survives a crash; on failure nothing is left.
   *
   * @throws BootstrapFailed when initdb fails
   */
  Lsn bootstrap(TenantId tenant, TimelineId timeline, int pgVersion);

  /** The head: at least {@link TimelineMeta#startLsn}, and it never goes back. */
  Lsn lastRecordLsn(TimelineMeta timeline);

  /** The position at a moment, looked for from {@code lowerBound} to the head. */
  LsnAt lsnAt(TimelineMeta timeline, Instant moment, Lsn lowerBound);

  /** The time of the last commit at or before the position; empty when none is known. */
  Optional<Instant> timeOf(TimelineMeta timeline, Lsn lsn);

  /** Bytes of live data. */
  long logicalSize(TimelineMeta timeline);

  /** Bytes on disk that belong to this timeline. */
  long physicalSize(TimelineMeta timeline);

  /** Allows what is older than the cutoff to be dropped, save what a child still needs. */
  void retain(TimelineMeta timeline, Lsn cutoff);

  /**
   * Frees the disk of a timeline and stops a server that runs on it. A timeline that is not there
   * is no error, half-made ones included.
   */
  void delete(TenantId tenant, TimelineId timeline);

  /** As {@link #delete} for all timelines of a tenant. */
  void deleteTenant(TenantId tenant);
}
