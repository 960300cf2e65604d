package dev.neonstack.emulator.meta;

import dev.neonstack.emulator.meta.TimelineRow.Phase;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives timelines and brings them back. A while after it was archived a timeline is offloaded:
 * it still exists, but only the list that names offloaded ones shows it.
 */
public final class Archival {
  private static final Logger LOG = LoggerFactory.getLogger(Archival.class);

  private final Registry registry;
  private final Duration offloadAfter;

  public Archival(Registry registry, Duration offloadAfter) {
    this.registry = registry;
    this.offloadAfter = offloadAfter;
  }

  /** Archives; an archived one stays as it is. */
  public void archive(TenantId tenantId, TimelineId id) {
    var tenant = registry.attached(tenantId);
    synchronized (tenant) {
      var row = existing(tenant, id);
      if (row.archived()) {
        return;
      }
      var unarchived =
          tenant.childrenOf(id).stream()
              .filter(child -> tenant.timeline(child).filter(TimelineRow::archived).isEmpty())
              .toList();
      if (!unarchived.isEmpty()) {
        throw ApiError.preconditionFailed(
            "Cannot archive timeline which has non-archived child timelines: " + unarchived);
      }
      store(tenant, row.edit().archivedAt(Optional.of(Instant.now())).build());
    }
  }

  /** Brings back an archived timeline, offloaded or not. */
  public void unarchive(TenantId tenantId, TimelineId id) {
    var tenant = registry.attached(tenantId);
    synchronized (tenant) {
      var row = existing(tenant, id);
      if (!row.archived()) {
        return;
      }
      row.ancestor()
          .flatMap(link -> tenant.timeline(link.timeline()))
          .filter(TimelineRow::archived)
          .ifPresent(
              parent -> {
                throw ApiError.preconditionFailed("ancestor is archived: " + parent.id());
              });
      store(tenant, row.edit().archivedAt(Optional.empty()).offloaded(false).build());
    }
  }

  /** Offloads what has been archived for long enough, children first. */
  public void offloadDue() {
    for (var tenant : registry.tenants()) {
      synchronized (tenant) {
        if (tenant.attached() && offloads(tenant.conf())) {
          offloadDue(tenant);
        }
      }
    }
  }

  private void offloadDue(Tenant tenant) {
    var before = Instant.now().minus(delay(tenant.conf()));
    for (var row : tenant.timelines()) {
      var due =
          row.phase() == Phase.ACTIVE
              && !row.offloaded()
              && row.archivedAt().filter(at -> !at.isAfter(before)).isPresent();
      if (due && allOffloaded(tenant, tenant.childrenOf(row.id()))) {
        store(tenant, row.edit().offloaded(true).build());
        LOG.info("Timeline {}/{} is offloaded", tenant.id(), row.id());
      }
    }
  }

  private static boolean allOffloaded(Tenant tenant, List<TimelineId> children) {
    return children.stream()
        .allMatch(child -> tenant.timeline(child).filter(TimelineRow::offloaded).isPresent());
  }

  private static boolean offloads(TenantConf conf) {
    return conf.flag("timeline_offloading") && !conf.duration("compaction_period").isZero();
  }

  /** A pageserver offloads in its compaction loop, so a tenant that sets its period sets this. */
  private Duration delay(TenantConf conf) {
    return conf.overridden("compaction_period") ? conf.duration("compaction_period") : offloadAfter;
  }

  private static TimelineRow existing(Tenant tenant, TimelineId id) {
    return tenant
        .timeline(id)
        .filter(row -> row.phase() == Phase.ACTIVE)
        .orElseThrow(() -> ApiError.notFound("timeline not found"));
  }

  private void store(Tenant tenant, TimelineRow row) {
    registry.save(row);
    tenant.put(row);
  }
}
