package dev.neonstack.emulator.meta;

import dev.neonstack.emulator.LsnAt;
import dev.neonstack.emulator.LsnAt.Kind;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Which positions of a timeline can be read, and what time they belong to. */
public final class History {
  private final Registry registry;
  private final TimelineData data;

  public History(Registry registry, TimelineData data) {
    this.registry = registry;
    this.data = data;
  }

  /** The position that belongs to a moment. */
  public LsnAt lsnAt(TenantId tenantId, TimelineId id, Instant moment) {
    var row = registry.listed(tenantId, id);
    var oldest = row.oldestBranchable();
    var own = row.meta().startLsn();
    if (row.source().isEmpty() || !oldest.isBefore(own)) {
      return data.lsnAt(row.meta(), moment, oldest);
    }
    return detachedLsnAt(row, moment, oldest);
  }

  /** The time of the last commit at or before a position. */
  public Optional<Instant> timeOf(TenantId tenantId, TimelineId id, Lsn lsn) {
    var tenant = registry.attached(tenantId);
    var row = registry.listed(tenantId, id);
    var owner = tenant.timeline(tenant.sourceOf(row, lsn).timeline()).orElseThrow();
    return data.timeOf(owner.meta(), lsn);
  }

  /** Keeps a position readable for a while; empty when it is no longer readable. */
  public Optional<Instant> lease(TenantId tenantId, TimelineId id, Lsn lsn, String lengthSetting) {
    var tenant = registry.attached(tenantId);
    synchronized (tenant) {
      var row = registry.listed(tenantId, id);
      var position = lsn.aligned();
      if (position.isBefore(row.cutoff()) && !tenant.leases().covers(id, position)) {
        return Optional.empty();
      }
      var length = tenant.conf().duration(lengthSetting);
      return Optional.of(tenant.leases().grant(id, position, length));
    }
  }

  /** Whether every position has been reached; empty when none of the timelines exists. */
  public Optional<Boolean> reached(TenantId tenantId, Map<TimelineId, Lsn> wanted) {
    var tenant = registry.attached(tenantId);
    var rows = wanted.keySet().stream().flatMap(id -> tenant.listed(id).stream()).toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        rows.stream()
            .noneMatch(row -> data.lastRecordLsn(row.meta()).isBefore(wanted.get(row.id()))));
  }

  /** A detached timeline owns history that lies on the one it came from. */
  private LsnAt detachedLsnAt(TimelineRow row, Instant moment, Lsn oldest) {
    var own = row.meta().startLsn();
    var found = data.lsnAt(row.meta(), moment, own);
    if (found.kind() == Kind.PRESENT || found.kind() == Kind.FUTURE) {
      return found;
    }
    var source = registry.find(row.tenant(), row.source().orElseThrow().timeline()).orElseThrow();
    var before = data.lsnAt(source, moment, oldest);
    return switch (before.kind()) {
      case PAST, NODATA -> found.kind() == Kind.PAST ? new LsnAt(before.lsn(), Kind.PAST) : before;
      case PRESENT ->
          before.lsn().isAfter(own)
              ? endOfInherited(found, own)
              : new LsnAt(before.lsn(), Kind.PRESENT);
      case FUTURE -> endOfInherited(found, own);
    };
  }

  private static LsnAt endOfInherited(LsnAt found, Lsn own) {
    return new LsnAt(own, found.kind() == Kind.PAST ? Kind.PRESENT : Kind.FUTURE);
  }
}
