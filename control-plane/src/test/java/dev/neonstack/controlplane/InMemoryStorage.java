package dev.neonstack.controlplane;

import dev.neonstack.controlplane.port.LsnRange;
import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.LsnAtTime;
import dev.neonstack.neon.LsnKind;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/** Storage that keeps branches and their commits in memory, and can be told to fail. */
public final class InMemoryStorage implements Storage {
  /** Where every root begins. */
  public static final Lsn ROOT = Lsn.parse("0/1000000");

  private final Map<TenantId, Duration> projects = new ConcurrentHashMap<>();
  private final Map<TimelineId, Timeline> timelines = new ConcurrentHashMap<>();
  private final Set<TenantId> deletions = ConcurrentHashMap.newKeySet();
  private volatile Optional<Problem> failure = Optional.empty();
  private volatile Optional<Problem> lostAnswer = Optional.empty();
  private volatile Runnable meanwhile = () -> {};
  private volatile BiConsumer<TimelineId, TimelineId> data = (parent, child) -> {};

  private record Timeline(
      TenantId project,
      Optional<TimelineId> parent,
      Lsn start,
      NavigableMap<Instant, Lsn> commits) {

    Lsn head() {
      return commits.isEmpty() ? start : commits.lastEntry().getValue();
    }
  }

  /** Every call fails so from now on, until told otherwise. */
  public void failWith(Optional<Problem> problem) {
    failure = problem;
  }

  /** Branches are made from now on, and yet the call fails so, until told otherwise. */
  public void loseAnswers(Optional<Problem> problem) {
    lostAnswer = problem;
  }

  /** Whoever keeps the data is told of each branch, its parent first. */
  public void keepDataBy(BiConsumer<TimelineId, TimelineId> keeper) {
    data = keeper;
  }

  /** What others do just before it is told where a branch ends. */
  public void beforeRange(Runnable others) {
    meanwhile = others;
  }

  /** Adds a commit to a branch. */
  public void commit(TimelineId branch, Instant time, String lsn) {
    timelines.get(branch).commits().put(time, Lsn.parse(lsn));
  }

  /** Where the branch starts on its parent; empty when there is no such branch. */
  public Optional<Lsn> startOf(TimelineId branch) {
    return Optional.ofNullable(timelines.get(branch)).map(Timeline::start);
  }

  /** The projects that were deleted. */
  public Set<TenantId> deletions() {
    return deletions;
  }

  /** How many branches there are. */
  public int count() {
    return timelines.size();
  }

  public boolean holds(TimelineId branch) {
    return timelines.containsKey(branch);
  }

  public Optional<Duration> retentionOf(TenantId project) {
    return Optional.ofNullable(projects.get(project));
  }

  @Override
  public void probe() {
    check();
  }

  @Override
  public void createProject(TenantId project, Duration historyRetention) {
    check();
    projects.put(project, historyRetention);
  }

  @Override
  public void changeProject(TenantId project, Duration historyRetention) {
    check();
    projects.put(project, historyRetention);
  }

  @Override
  public void deleteProject(TenantId project) {
    check();
    deletions.add(project);
    projects.remove(project);
    timelines.values().removeIf(timeline -> timeline.project().equals(project));
  }

  @Override
  public void createRoot(TenantId project, TimelineId id, int pgVersion) {
    check();
    timelines.putIfAbsent(
        id, new Timeline(project, Optional.empty(), ROOT, new ConcurrentSkipListMap<>()));
  }

  @Override
  public void createBranch(TenantId project, TimelineId id, TimelineId parent, Lsn at) {
    check();
    if (!timelines.containsKey(parent)) {
      throw Problem.failed("no such ancestor", null);
    }
    if (timelines.putIfAbsent(
            id, new Timeline(project, Optional.of(parent), at, new ConcurrentSkipListMap<>()))
        == null) {
      data.accept(parent, id);
    }
    lostAnswer.ifPresent(
        problem -> {
          throw problem.saying(problem.getMessage());
        });
  }

  @Override
  public LsnRange range(TenantId project, TimelineId branch) {
    check();
    meanwhile.run();
    var timeline = timelines.get(branch);
    return new LsnRange(timeline.start(), timeline.head());
  }

  @Override
  public LsnAtTime lsnAt(TenantId project, TimelineId branch, Instant time) {
    check();
    var timeline = timelines.get(branch);
    if (timeline.commits().isEmpty()) {
      return new LsnAtTime(timeline.start(), LsnKind.NODATA);
    }
    var before = Optional.ofNullable(timeline.commits().floorEntry(time));
    if (before.isEmpty()) {
      return new LsnAtTime(timeline.start(), LsnKind.PAST);
    }
    var kind = timeline.commits().higherEntry(time) == null ? LsnKind.FUTURE : LsnKind.PRESENT;
    return new LsnAtTime(before.get().getValue(), kind);
  }

  @Override
  public void deleteBranch(TenantId project, TimelineId branch) {
    check();
    var hasChildren =
        timelines.values().stream().anyMatch(t -> t.parent().equals(Optional.of(branch)));
    if (hasChildren) {
      throw Problem.refused("branch " + branch + " has children in storage");
    }
    timelines.remove(branch);
  }

  private void check() {
    failure.ifPresent(
        problem -> {
          throw problem.saying(problem.getMessage());
        });
  }
}
