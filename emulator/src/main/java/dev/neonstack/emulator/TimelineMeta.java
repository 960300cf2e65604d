package dev.neonstack.emulator;

import static java.util.Objects.requireNonNull;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.Optional;

/**
 * What is fixed about a timeline from its creation on.
 *
 * @param startLsn where its own history begins: the branch point, or the end of initdb for a root
 */
public record TimelineMeta(
    TenantId tenant, TimelineId id, int pgVersion, Optional<TimelineId> ancestor, Lsn startLsn) {

  public TimelineMeta {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(id, "id is null");
    requireNonNull(ancestor, "ancestor is null");
    requireNonNull(startLsn, "startLsn is null");
  }
}
