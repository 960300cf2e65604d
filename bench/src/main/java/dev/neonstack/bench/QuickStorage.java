package dev.neonstack.bench;

import dev.neonstack.controlplane.port.LsnRange;
import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.LsnAtTime;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;

/** Storage that has done at once whatever it is asked for, so that only ours is measured. */
final class QuickStorage implements Storage {
  private static final LsnRange RANGE =
      new LsnRange(Lsn.parse("0/1000000"), Lsn.parse("0/2000000"));

  @Override
  public void probe() {}

  @Override
  public void createProject(TenantId project, Duration historyRetention) {}

  @Override
  public void changeProject(TenantId project, Duration historyRetention) {}

  @Override
  public void deleteProject(TenantId project) {}

  @Override
  public void createRoot(TenantId project, TimelineId id, int pgVersion) {}

  @Override
  public void createBranch(TenantId project, TimelineId id, TimelineId parent, Lsn at) {}

  @Override
  public LsnRange range(TenantId project, TimelineId branch) {
    return RANGE;
  }

  @Override
  public LsnAtTime lsnAt(TenantId project, TimelineId branch, Instant time) {
    throw new UnsupportedOperationException("nothing is asked for at a time");
  }

  @Override
  public void deleteBranch(TenantId project, TimelineId branch) {}
}
