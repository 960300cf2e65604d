package dev.neonstack.emulator.meta;

import dev.neonstack.emulator.meta.TimelineRow.Phase;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a branch a root of its own. Only what the API shows changes: the data goes on from where it
 * did, and what it goes on from is kept for as long, even when its timeline is deleted.
 */
public final class Detachment {
  private final Registry registry;

  public Detachment(Registry registry) {
    this.registry = registry;
  }

  /** Detaches, and returns the siblings that came along: those at or below the branch point. */
  public List<TimelineId> detach(TenantId tenantId, TimelineId id) {
    var tenant = registry.attached(tenantId);
    synchronized (tenant) {
      var row = registry.listed(tenantId, id);
      if (row.reparented().isPresent()) {
        return row.reparented().get().stream()
            .filter(child -> tenant.timeline(child).isPresent())
            .toList();
      }
      var link = row.ancestor().orElseThrow(() -> ApiError.conflict("no ancestors"));
      if (row.archived()) {
        throw ApiError.badRequest("timeline is archived: " + id);
      }
      var parent = tenant.timeline(link.timeline()).orElseThrow();
      if (parent.ancestor().isPresent()) {
        throw ApiError.badRequest("too many ancestors");
      }
      return detach(tenant, row, parent, link.lsn());
    }
  }

  private List<TimelineId> detach(Tenant tenant, TimelineRow row, TimelineRow parent, Lsn point) {
    var changed = new ArrayList<TimelineRow>();
    for (var sibling : tenant.timelines()) {
      var moves =
          sibling.isChildOf(parent.id())
              && !sibling.id().equals(row.id())
              && sibling.phase() == Phase.ACTIVE
              && !sibling.ancestorLsn().isAfter(point);
      if (moves) {
        var link = new Link(row.id(), sibling.ancestorLsn());
        changed.add(sibling.edit().ancestor(Optional.of(link)).build());
      }
    }
    var reparented = changed.stream().map(TimelineRow::id).toList();
    var readable = parent.cutoff().isBefore(point) ? parent.cutoff() : point;
    changed.add(
        row.edit()
            .ancestor(Optional.empty())
            .cutoff(readable.isAfter(row.cutoff()) ? readable : row.cutoff())
            .reparented(Optional.of(reparented))
            .build());
    registry.save(changed.toArray(TimelineRow[]::new));
    changed.forEach(tenant::put);
    return reparented;
  }
}
