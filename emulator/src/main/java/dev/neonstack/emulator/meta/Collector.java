package dev.neonstack.emulator.meta;

import dev.neonstack.emulator.LsnAt;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.meta.TimelineRow.Phase;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the cutoff of timelines forward: what is older than {@code pitr_interval} and further back
 * than {@code gc_horizon} bytes can no longer be branched. Data that a lease, a child or a detached
 * timeline still needs is kept all the same.
 */
public final class Collector {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  private final Registry registry;
  private final TimelineData data;

  public Collector(Registry registry, TimelineData data) {
    this.registry = registry;
    this.data = data;
  }

  /** Runs for one timeline at once; false when it may not run yet, as leases are not renewed. */
  public boolean collect(TenantId tenantId, TimelineId id, OptionalLong horizon) {
    var tenant = registry.attached(tenantId);
    var row = tenant.listed(id).orElseThrow(() -> ApiError.notFound("Timeline not found"));
    if (leasesMayBeMissing(tenant) || row.gcBlocked()) {
      return false;
    }
    collect(tenant, row, horizon.orElseGet(() -> tenant.conf().number("gc_horizon")));
    return true;
  }

  /** Stops or allows the collection of one timeline. */
  public void block(TenantId tenantId, TimelineId id, boolean blocked) {
    var tenant = registry.attached(tenantId);
    synchronized (tenant) {
      var row = registry.listed(tenantId, id).edit().gcBlocked(blocked).build();
      registry.save(row);
      tenant.put(row);
    }
  }

  /** Runs for all timelines of the tenants whose {@code gc_period} has passed. */
  public void collectDue() {
    for (var tenant : registry.tenants()) {
      var conf = tenant.conf();
      var period = conf.duration("gc_period");
      var horizon = conf.number("gc_horizon");
      var due =
          tenant.attached()
              && !period.isZero()
              && horizon > 0
              && !tenant.collectedAt().plus(period).isAfter(Instant.now());
      if (due && !leasesMayBeMissing(tenant)) {
        tenant.collectedNow();
        tenant.timelines().stream()
            .filter(row -> row.listed() && row.phase() == Phase.ACTIVE && !row.gcBlocked())
            .forEach(row -> collectQuietly(tenant, row, horizon));
      }
    }
  }

  private void collectQuietly(Tenant tenant, TimelineRow row, long horizon) {
    try {
      collect(tenant, row, horizon);
    } catch (RuntimeException e) {
      LOG.warn("Timeline {}/{}: collection failed", tenant.id(), row.id(), e);
    }
  }

  /** Leases do not survive a restart, so their holders get the time to ask again. */
  private static boolean leasesMayBeMissing(Tenant tenant) {
    var length = tenant.conf().duration("lsn_lease_length");
    return tenant.attachedAt().plus(length).isAfter(Instant.now());
  }

  private void collect(Tenant tenant, TimelineRow seen, long horizon) {
    var wanted = wantedCutoff(tenant, seen, horizon);
    Optional<Lsn> oldestNeeded;
    TimelineRow row;
    synchronized (tenant) {
      row = tenant.listed(seen.id()).filter(now -> now.phase() == Phase.ACTIVE).orElse(seen);
      if (wanted.isAfter(row.cutoff()) && tenant.listed(seen.id()).isPresent()) {
        row = row.edit().cutoff(wanted).build();
        registry.save(row);
        tenant.put(row);
      }
      oldestNeeded = oldestNeeded(tenant, row);
    }
    var cutoff = row.cutoff();
    data.retain(row.meta(), oldestNeeded.filter(cutoff::isAfter).orElse(cutoff));
  }

  private Lsn wantedCutoff(Tenant tenant, TimelineRow row, long horizon) {
    var head = data.lastRecordLsn(row.meta());
    var bySpace =
        Long.compareUnsigned(head.value(), horizon) > 0
            ? new Lsn(head.value() - horizon)
            : Lsn.ZERO;
    var byTime = cutoffByTime(row, head, tenant.conf().duration("pitr_interval"));
    return bySpace.isBefore(byTime) ? bySpace : byTime;
  }

  private Lsn cutoffByTime(TimelineRow row, Lsn head, Duration interval) {
    if (interval.isZero()) {
      return head;
    }
    var start = row.meta().startLsn();
    var lowest = row.cutoff().isAfter(start) ? row.cutoff() : start;
    LsnAt found = data.lsnAt(row.meta(), Instant.now().minus(interval), lowest);
    return switch (found.kind()) {
      case PRESENT, FUTURE -> found.lsn();
      case PAST, NODATA -> row.cutoff();
    };
  }

  /** What must be kept although it is older than the cutoff. */
  private static Optional<Lsn> oldestNeeded(Tenant tenant, TimelineRow row) {
    var ofDetached =
        tenant.readersOf(row.id()).stream()
            .filter(reader -> reader.reparented().isPresent())
            .map(TimelineRow::cutoff);
    return Stream.concat(tenant.leases().oldest(row.id()).stream(), ofDetached).min(Lsn::compareTo);
  }
}
