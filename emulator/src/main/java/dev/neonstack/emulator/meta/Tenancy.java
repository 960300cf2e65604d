package dev.neonstack.emulator.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.meta.TenantRow.Mode;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Attaches, configures, detaches and deletes tenants. */
public final class Tenancy {
  private final Registry registry;
  private final TimelineData data;

  /** One attachment at a time, so that an id has one tenant. */
  private final Object attaching = new Object();

  public Tenancy(Registry registry, TimelineData data) {
    this.registry = registry;
    this.data = data;
  }

  /** Puts the tenant into the wanted place, generation and settings; making one is attaching it. */
  public void configure(TenantRow wanted) {
    synchronized (attaching) {
      var found = registry.tenant(wanted.id());
      if (found.isEmpty()) {
        registry.save(wanted);
        registry.add(new Tenant(wanted));
        return;
      }
      var tenant = found.get();
      synchronized (tenant) {
        change(tenant, wanted);
      }
    }
  }

  /** Lets go of the tenant and keeps its data; one that is not there is none the less let go. */
  public void detach(TenantId id) {
    var found = registry.tenant(id);
    if (found.isEmpty()) {
      return;
    }
    var tenant = found.get();
    synchronized (tenant) {
      var detached = tenant.row().detached();
      registry.save(detached);
      tenant.setRow(detached);
    }
  }

  /** Replaces the settings. */
  public void replaceConf(TenantId id, JsonNode settings) {
    store(registry.attached(id), TenantConf.of(settings));
  }

  /** Changes some settings; null takes one away. */
  public void patchConf(TenantId id, JsonNode settings) {
    var tenant = registry.attached(id);
    synchronized (tenant) {
      store(tenant, tenant.conf().patched(settings));
    }
  }

  /** Deletes the tenant and all its timelines, and returns when they are gone. */
  public void delete(TenantId id) {
    var found = registry.tenant(id);
    if (found.isEmpty()) {
      return;
    }
    var tenant = found.get();
    synchronized (tenant) {
      if (!tenant.row().deleting()) {
        var deleting = tenant.row().beingDeleted();
        registry.save(deleting);
        tenant.setRow(deleting);
      }
    }
    finishDelete(tenant);
  }

  /** Takes up the deletions that a crash has cut short. */
  public void resume() {
    registry.tenants().stream()
        .filter(tenant -> tenant.row().deleting())
        .forEach(this::finishDelete);
  }

  /** The location of a tenant, attached or not; empty when there is none. */
  public Optional<TenantRow> location(TenantId id) {
    return registry.tenant(id).map(Tenant::row).filter(Tenancy::hasLocation);
  }

  /** All locations in the order of their ids. */
  public List<TenantRow> locations() {
    return registry.tenants().stream().map(Tenant::row).filter(Tenancy::hasLocation).toList();
  }

  /** The tenant, when it is attached; else the answer is 404. */
  public TenantRow attached(TenantId id) {
    return registry.attached(id).row();
  }

  /** The tenants that are attached. */
  public List<TenantRow> attached() {
    return locations().stream().filter(TenantRow::attached).toList();
  }

  /** The timelines the plain list shows, in the order of their ids. */
  public List<TimelineRow> timelines(TenantId id) {
    return sorted(id).stream().filter(TimelineRow::listed).toList();
  }

  /** The timelines that are offloaded. */
  public List<TimelineRow> offloaded(TenantId id) {
    return sorted(id).stream()
        .filter(row -> row.offloaded() && row.phase() != TimelineRow.Phase.HIDDEN)
        .toList();
  }

  /** A timeline the plain calls show; else the answer is 404. */
  public TimelineRow timeline(TenantId tenant, TimelineId timeline) {
    return registry.listed(tenant, timeline);
  }

  private List<TimelineRow> sorted(TenantId id) {
    return registry.attached(id).timelines().stream()
        .sorted((a, b) -> a.id().value().compareTo(b.id().value()))
        .toList();
  }

  private static boolean hasLocation(TenantRow row) {
    return row.mode() != Mode.DETACHED && !row.deleting();
  }

  private void change(Tenant tenant, TenantRow wanted) {
    var had = tenant.row();
    if (had.deleting()) {
      throw ApiError.conflict("tenant " + had.id() + " is being deleted");
    }
    if (had.attached() && wanted.attached() && wanted.generation() < had.generation()) {
      throw ApiError.badRequest(
          String.format(
              Locale.ROOT,
              "Generation %08x is less than existing %08x",
              wanted.generation(),
              had.generation()));
    }
    registry.save(wanted);
    tenant.setRow(wanted);
    if (!had.attached() || wanted.generation() > had.generation()) {
      tenant.attachedNow();
    }
  }

  private void store(Tenant tenant, TenantConf conf) {
    synchronized (tenant) {
      var changed = tenant.row().withConf(conf);
      registry.save(changed);
      tenant.setRow(changed);
    }
  }

  private void finishDelete(Tenant tenant) {
    tenant.dataLock().writeLock().lock();
    try {
      if (registry.tenant(tenant.id()).filter(tenant::equals).isEmpty()) {
        return; // another caller has finished it, and the id may be in use again
      }
      tenant.awaitCreations();
      data.deleteTenant(tenant.id());
      registry.forget(tenant);
      registry.remove(tenant.id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiError.unavailable("Shutting down");
    } finally {
      tenant.dataLock().writeLock().unlock();
    }
  }
}
