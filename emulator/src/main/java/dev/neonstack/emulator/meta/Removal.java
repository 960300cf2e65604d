package dev.neonstack.emulator.meta;

import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.meta.TimelineRow.Phase;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes timelines: promised at once, done in the background, taken up again after a crash. */
public final class Removal {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
  private static final long RETRY_SECONDS = 5;

  private final Registry registry;
  private final TimelineData data;
  private final ScheduledExecutorService background;
  private final Perils perils;

  public Removal(
      Registry registry, TimelineData data, ScheduledExecutorService background, Perils perils) {
    this.registry = registry;
    this.data = data;
    this.background = background;
    this.perils = perils;
  }

  /** Promises the deletion. */
  public void delete(TenantId tenantId, TimelineId id) {
    var tenant =
        registry
            .tenant(tenantId)
            .filter(Tenant::attached)
            .orElseThrow(() -> ApiError.preconditionFailed("Requested tenant is missing"));
    perils.deletionBegins(tenantId, id);
    try {
      promise(tenant, id);
    } catch (RuntimeException e) {
      if (tenant.timeline(id).filter(row -> row.phase() == Phase.DELETING).isEmpty()) {
        perils.deletionEnds(tenantId, id);
      }
      throw e;
    }
    schedule(tenant, id, 0);
  }

  private void promise(Tenant tenant, TimelineId id) {
    TimelineRow had;
    TimelineRow row;
    synchronized (tenant) {
      had = deletable(tenant, id);
      row = had.edit().phase(Phase.DELETING).build();
      tenant.put(row);
    }
    try {
      registry.save(row);
    } catch (RuntimeException e) {
      tenant.put(had);
      throw e;
    }
  }

  /** Takes up what a crash has left: deletions that were promised, roots that were begun. */
  public void resume() {
    for (var tenant : registry.tenants()) {
      for (var row : tenant.timelines()) {
        if (row.phase() == Phase.BOOTSTRAPPING) {
          finish(tenant, row.id());
        } else if (row.phase() == Phase.DELETING) {
          perils.deletionBegins(tenant.id(), row.id());
          schedule(tenant, row.id(), 0);
        }
      }
    }
  }

  private static TimelineRow deletable(Tenant tenant, TimelineId id) {
    var row =
        tenant
            .timeline(id)
            .filter(found -> found.phase() != Phase.HIDDEN)
            .orElseThrow(() -> ApiError.notFound("timeline not found"));
    if (row.phase() == Phase.DELETING) {
      throw ApiError.conflict("Timeline deletion is already in progress");
    }
    var children = tenant.childrenOf(id);
    if (!children.isEmpty()) {
      throw ApiError.preconditionFailed(
          "Cannot delete timeline which has child timelines: " + children);
    }
    return row;
  }

  private void schedule(Tenant tenant, TimelineId id, long delaySeconds) {
    var unused = background.schedule(() -> attempt(tenant, id), delaySeconds, TimeUnit.SECONDS);
  }

  private void attempt(Tenant tenant, TimelineId id) {
    try {
      finish(tenant, id);
    } catch (RuntimeException e) {
      LOG.warn("Timeline {}/{}: cannot be deleted yet, trying again", tenant.id(), id, e);
      if (!background.isShutdown()) {
        schedule(tenant, id, RETRY_SECONDS);
      }
    }
  }

  private void finish(Tenant tenant, TimelineId id) {
    tenant.dataLock().readLock().lock();
    try {
      var row = tenant.timeline(id);
      if (row.isEmpty()) {
        return;
      }
      if (!tenant.readersOf(id).isEmpty()) {
        hide(tenant, row.get());
        return;
      }
      data.delete(tenant.id(), id);
      registry.forget(tenant.id(), id);
      tenant.remove(id);
      perils.deletionEnds(tenant.id(), id);
      row.get().source().ifPresent(source -> removeIfUnread(tenant, source.timeline()));
    } finally {
      tenant.dataLock().readLock().unlock();
    }
  }

  private void hide(Tenant tenant, TimelineRow row) {
    var hidden = row.edit().phase(Phase.HIDDEN).build();
    registry.save(hidden);
    tenant.put(hidden);
    perils.deletionEnds(tenant.id(), row.id());
  }

  private void removeIfUnread(Tenant tenant, TimelineId id) {
    var hidden = tenant.timeline(id).filter(row -> row.phase() == Phase.HIDDEN);
    if (hidden.isPresent() && tenant.readersOf(id).isEmpty()) {
      schedule(tenant, id, 0);
    }
  }
}
