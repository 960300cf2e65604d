package dev.neonstack.emulator.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.emulator.TimelineLookup;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.emulator.meta.DurableMap.Change;
import dev.neonstack.emulator.meta.TimelineRow.Phase;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The tenants and timelines there are, in memory and on disk. */
public final class Registry implements TimelineLookup {
  private static final String TENANT = "tenant/";
  private static final String TIMELINE = "timeline/";

  private final DurableMap disk;
  private final Map<TenantId, Tenant> tenants = new ConcurrentHashMap<>();

  /** Takes what is on disk into memory. */
  public Registry(DurableMap disk) {
    this.disk = disk;
    var entries = disk.entries();
    entries.forEach(this::loadTenant);
    entries.forEach(this::loadTimeline);
  }

  @Override
  public Optional<TimelineMeta> find(TenantId tenant, TimelineId timeline) {
    return Optional.ofNullable(tenants.get(tenant))
        .filter(found -> !found.row().deleting())
        .flatMap(found -> found.timeline(timeline).filter(row -> hasData(found, row)))
        .map(TimelineRow::meta);
  }

  @Override
  public List<TimelineMeta> childrenOf(TenantId tenant, TimelineId timeline) {
    return Optional.ofNullable(tenants.get(tenant)).stream()
        .flatMap(found -> found.readersOf(timeline).stream())
        .map(TimelineRow::meta)
        .toList();
  }

  private static boolean hasData(Tenant tenant, TimelineRow row) {
    return row.phase() == Phase.ACTIVE || !tenant.readersOf(row.id()).isEmpty();
  }

  Optional<Tenant> tenant(TenantId id) {
    return Optional.ofNullable(tenants.get(id));
  }

  /** The tenant, when it is attached; else the answer is 404. */
  Tenant attached(TenantId id) {
    return tenant(id).filter(Tenant::attached).orElseThrow(() -> ApiError.notFound("tenant " + id));
  }

  /** The timeline, when the plain calls show it; else the answer is 404. */
  TimelineRow listed(TenantId tenant, TimelineId timeline) {
    return attached(tenant)
        .listed(timeline)
        .orElseThrow(
            () -> ApiError.notFound("Timeline " + tenant + "/" + timeline + " was not found"));
  }

  /** All tenants in the order of their ids. */
  List<Tenant> tenants() {
    return tenants.values().stream()
        .sorted(Comparator.comparing(tenant -> tenant.id().value()))
        .toList();
  }

  void add(Tenant tenant) {
    tenants.put(tenant.id(), tenant);
  }

  void remove(TenantId tenant) {
    tenants.remove(tenant);
  }

  void save(TenantRow tenant) {
    disk.commit(List.of(new Change(key(tenant.id()), Optional.of(tenant.toJson()))));
  }

  void save(TimelineRow... timelines) {
    disk.commit(Stream.of(timelines).map(Registry::change).toList());
  }

  void forget(TenantId tenant, TimelineId timeline) {
    disk.commit(List.of(new Change(key(tenant, timeline), Optional.empty())));
  }

  /** Forgets the tenant and all its timelines at once. */
  void forget(Tenant tenant) {
    var changes = new ArrayList<Change>();
    tenant
        .timelines()
        .forEach(row -> changes.add(new Change(key(tenant.id(), row.id()), Optional.empty())));
    changes.add(new Change(key(tenant.id()), Optional.empty()));
    disk.commit(changes);
  }

  private static Change change(TimelineRow row) {
    return new Change(key(row.tenant(), row.id()), Optional.of(row.toJson()));
  }

  private static String key(TenantId tenant) {
    return TENANT + tenant;
  }

  private static String key(TenantId tenant, TimelineId timeline) {
    return TIMELINE + tenant + "/" + timeline;
  }

  private void loadTenant(String key, JsonNode value) {
    if (key.startsWith(TENANT)) {
      var id = TenantId.of(key.substring(TENANT.length()));
      add(new Tenant(TenantRow.fromJson(id, value)));
    }
  }

  private void loadTimeline(String key, JsonNode value) {
    if (key.startsWith(TIMELINE)) {
      var ids = key.substring(TIMELINE.length()).split("/", -1);
      var tenant = TenantId.of(ids[0]);
      tenants.get(tenant).put(TimelineRow.fromJson(tenant, TimelineId.of(ids[1]), value));
    }
  }
}
