package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The branches that were asked for, one object each, and the lock of each tenant's history. */
final class Branches {
  private final BranchDirectories directories;
  private final Map<Key, Branch> branches = new ConcurrentHashMap<>();
  private final Map<TenantId, ReadWriteLock> histories = new ConcurrentHashMap<>();

  private record Key(TenantId tenant, TimelineId timeline) {}

  Branches(BranchDirectories directories) {
    this.directories = directories;
  }

  Branch of(TenantId tenant, TimelineId timeline) {
    return branches.computeIfAbsent(
        new Key(tenant, timeline), key -> new Branch(directories.of(tenant, timeline)));
  }

  void forget(TenantId tenant, TimelineId timeline) {
    branches.remove(new Key(tenant, timeline));
  }

  /** Read: bases and WAL are being used by a descendant. Write: some are being dropped. */
  ReadWriteLock historyOf(TenantId tenant) {
    return histories.computeIfAbsent(tenant, id -> new ReentrantReadWriteLock());
  }
}
