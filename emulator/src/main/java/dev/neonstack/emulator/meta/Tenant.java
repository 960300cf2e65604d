package dev.neonstack.emulator.meta;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A tenant in memory. Its lock is its monitor: rows are read and decided upon under it, but written
 * to disk outside it where many come at once. A timeline that is being made stands in {@link
 * #creating}, so that nobody else makes it and its parent stays.
 */
final class Tenant {
  private final TenantId id;

  /** Deletions of single timelines share it; the deletion of the tenant waits for them. */
  private final ReadWriteLock dataLock = new ReentrantReadWriteLock();

  private final Map<TimelineId, TimelineRow> timelines = new LinkedHashMap<>();
  private final Map<TimelineId, Optional<TimelineRow>> creating = new LinkedHashMap<>();
  private final Leases leases = new Leases();
  private TenantRow row;
  private Instant attachedAt = Instant.now();
  private Instant collectedAt = Instant.now();

  Tenant(TenantRow row) {
    this.id = row.id();
    this.row = row;
  }

  TenantId id() {
    return id;
  }

  ReadWriteLock dataLock() {
    return dataLock;
  }

  Leases leases() {
    return leases;
  }

  synchronized TenantRow row() {
    return row;
  }

  synchronized void setRow(TenantRow changed) {
    row = changed;
  }

  synchronized TenantConf conf() {
    return row.conf();
  }

  synchronized boolean attached() {
    return row.attached();
  }

  /** Leases are not kept on disk, so an attachment begins without any. */
  synchronized void attachedNow() {
    attachedAt = Instant.now();
    leases.clear();
  }

  synchronized Instant attachedAt() {
    return attachedAt;
  }

  synchronized Instant collectedAt() {
    return collectedAt;
  }

  synchronized void collectedNow() {
    collectedAt = Instant.now();
  }

  synchronized Optional<TimelineRow> timeline(TimelineId timeline) {
    return Optional.ofNullable(timelines.get(timeline));
  }

  /** One that the plain calls show. */
  synchronized Optional<TimelineRow> listed(TimelineId timeline) {
    return timeline(timeline).filter(TimelineRow::listed);
  }

  synchronized List<TimelineRow> timelines() {
    return List.copyOf(timelines.values());
  }

  synchronized void put(TimelineRow timeline) {
    timelines.put(timeline.id(), timeline);
  }

  synchronized void remove(TimelineId timeline) {
    timelines.remove(timeline);
    leases.forget(timeline);
  }

  /** The children the API counts, those in the making included. */
  synchronized List<TimelineId> childrenOf(TimelineId timeline) {
    return withCreating().stream()
        .filter(child -> child.isChildOf(timeline))
        .map(TimelineRow::id)
        .toList();
  }

  /** The timelines whose data goes on from it, those in the making included. */
  synchronized List<TimelineRow> readersOf(TimelineId timeline) {
    return withCreating().stream().filter(reader -> reader.readsFrom(timeline)).toList();
  }

  /** Waits while the timeline is being made as a branch, which takes a moment. */
  synchronized void awaitBranch(TimelineId timeline) throws InterruptedException {
    while (creating.getOrDefault(timeline, Optional.empty()).isPresent()) {
      wait();
    }
  }

  synchronized boolean isCreating(TimelineId timeline) {
    return creating.containsKey(timeline);
  }

  synchronized void beginCreating(TimelineId timeline, Optional<TimelineRow> branch) {
    creating.put(timeline, branch);
  }

  synchronized void endCreating(TimelineId timeline) {
    creating.remove(timeline);
    notifyAll();
  }

  /** Waits until nothing is in the making; callers have seen to it that nothing new begins. */
  synchronized void awaitCreations() throws InterruptedException {
    while (!creating.isEmpty()) {
      wait();
    }
  }

  /** Where the data of a branch at this position begins: on the timeline or further up. */
  synchronized Link sourceOf(TimelineRow ancestor, Lsn start) {
    var owner = ancestor;
    while (owner.source().isPresent() && start.isBefore(owner.source().get().lsn())) {
      owner = timelines.get(owner.source().get().timeline());
    }
    return new Link(owner.id(), start);
  }

  private Collection<TimelineRow> withCreating() {
    var all = new LinkedHashMap<>(timelines);
    creating.forEach((timeline, branch) -> branch.ifPresent(row -> all.put(timeline, row)));
    return all.values();
  }
}
