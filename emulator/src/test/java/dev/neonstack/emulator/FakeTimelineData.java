package dev.neonstack.emulator;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Timelines without data: a folder each, heads and commits as a test sets them. What it has of a
 * root survives the process, as real data would.
 */
final class FakeTimelineData implements TimelineData {
  static final Lsn INITDB_END = Lsn.parse("0/1511A88");
  static final long LOGICAL_SIZE = 23_142_400;
  private static final int AFTER_INITDB = 0x78;

  private final Path folder;
  private final TimelineLookup lookup;
  private final Map<TimelineId, Lsn> heads = new ConcurrentHashMap<>();
  private final Map<TimelineId, TreeMap<Lsn, Instant>> commits = new ConcurrentHashMap<>();
  private final Set<Integer> failingVersions = ConcurrentHashMap.newKeySet();
  private final List<String> retained = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch bootstrapGate = new CountDownLatch(0);
  private volatile CountDownLatch deleteGate = new CountDownLatch(0);

  FakeTimelineData(Path folder, TimelineLookup lookup) {
    this.folder = folder;
    this.lookup = lookup;
  }

  void setHead(TimelineId timeline, Lsn head) {
    heads.put(timeline, head);
  }

  void commit(TimelineId timeline, Lsn lsn, Instant time) {
    commits.computeIfAbsent(timeline, key -> new TreeMap<>()).put(lsn, time);
    heads.merge(timeline, lsn, (had, now) -> had.isAfter(now) ? had : now);
  }

  void failVersion(int pgVersion) {
    failingVersions.add(pgVersion);
  }

  /** Holds every bootstrap back until the gate is opened. */
  CountDownLatch holdBootstraps() {
    bootstrapGate = new CountDownLatch(1);
    return bootstrapGate;
  }

  CountDownLatch holdDeletes() {
    deleteGate = new CountDownLatch(1);
    return deleteGate;
  }

  /** The calls of {@link #retain}, as timeline and cutoff. */
  List<String> retained() {
    return List.copyOf(retained);
  }

  boolean exists(TenantId tenant, TimelineId timeline) {
    return Files.exists(of(tenant, timeline));
  }

  @Override
  public Lsn bootstrap(TenantId tenant, TimelineId timeline, int pgVersion) {
    if (failingVersions.contains(pgVersion)) {
      throw new BootstrapFailed("no initdb for version " + pgVersion);
    }
    try {
      Files.createDirectories(of(tenant, timeline));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(bootstrapGate);
    return INITDB_END;
  }

  @Override
  public Lsn lastRecordLsn(TimelineMeta timeline) {
    var beginning =
        timeline.ancestor().isPresent() ? timeline.startLsn() : INITDB_END.plus(AFTER_INITDB);
    return heads.getOrDefault(timeline.id(), beginning);
  }

  @Override
  public LsnAt lsnAt(TimelineMeta timeline, Instant moment, Lsn lowerBound) {
    var known = new TreeMap<>(commits.getOrDefault(timeline.id(), new TreeMap<>()));
    if (known.isEmpty()) {
      return new LsnAt(lowerBound, LsnAt.Kind.NODATA);
    }
    var before =
        known.entrySet().stream().filter(entry -> !entry.getValue().isAfter(moment)).toList();
    if (before.size() == known.size()) {
      return new LsnAt(lastRecordLsn(timeline), LsnAt.Kind.FUTURE);
    }
    if (before.isEmpty() || before.get(before.size() - 1).getKey().isBefore(lowerBound)) {
      return new LsnAt(lowerBound, LsnAt.Kind.PAST);
    }
    return new LsnAt(before.get(before.size() - 1).getKey(), LsnAt.Kind.PRESENT);
  }

  @Override
  public Optional<Instant> timeOf(TimelineMeta timeline, Lsn lsn) {
    return Optional.ofNullable(commits.getOrDefault(timeline.id(), new TreeMap<>()).floorEntry(lsn))
        .map(Map.Entry::getValue);
  }

  @Override
  public long logicalSize(TimelineMeta timeline) {
    return LOGICAL_SIZE;
  }

  @Override
  public long physicalSize(TimelineMeta timeline) {
    return timeline.ancestor().isPresent() ? 0 : LOGICAL_SIZE;
  }

  @Override
  public void retain(TimelineMeta timeline, Lsn cutoff) {
    retained.add(timeline.id() + " " + cutoff);
  }

  @Override
  public void delete(TenantId tenant, TimelineId timeline) {
    await(deleteGate);
    if (!lookup.childrenOf(tenant, timeline).isEmpty()) {
      throw new IllegalStateException("timeline " + timeline + " is still read from");
    }
    remove(of(tenant, timeline));
    heads.remove(timeline);
    commits.remove(timeline);
  }

  @Override
  public void deleteTenant(TenantId tenant) {
    remove(folder.resolve(tenant.value()));
  }

  private Path of(TenantId tenant, TimelineId timeline) {
    return folder.resolve(tenant.value()).resolve(timeline.value());
  }

  private static void remove(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (var files = Files.walk(path)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      if (!gate.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened the gate");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
