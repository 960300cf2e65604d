package dev.neonstack.controlplane;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.AccountChange.Kind;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A runtime whose servers are their roles and databases. A branch keeps them while no endpoint
 * runs, as its data would.
 */
public final class InMemoryComputeRuntime implements ComputeRuntime {
  private final Map<String, ComputeSpec> running = new ConcurrentHashMap<>();
  private Map<TimelineId, Map<String, AccountChange>> data = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private volatile Optional<Problem> failure = Optional.empty();
  private volatile Optional<Problem> refusal = Optional.empty();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Starts fail so from now on, until told otherwise. */
  public void failWith(Optional<Problem> problem) {
    failure = problem;
  }

  /** Postgres refuses changes so from now on, until told otherwise. */
  public void refuseWith(Optional<Problem> problem) {
    refusal = problem;
  }

  /** The data of all branches are those that another runtime left. */
  public void continueOn(InMemoryComputeRuntime former) {
    data = former.data;
  }

  /** A branch starts here and now from another one. */
  public void branchOff(TimelineId parent, TimelineId child) {
    data.put(child, new TreeMap<>(data.getOrDefault(parent, Map.of())));
  }

  /** Somebody does something by SQL. */
  public void sql(TimelineId branch, AccountChange change) {
    apply(branch, change);
  }

  /** Starts wait until this latch opens. */
  public void holdAt(CountDownLatch latch) {
    gate = latch;
  }

  /** What was called, in order: {@code start ep-…}. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  public Optional<ComputeSpec> running(String endpointId) {
    return Optional.ofNullable(running.get(endpointId));
  }

  /** What Postgres of a running endpoint has, as {@code role app} and {@code database app}. */
  public Set<String> contents(String endpointId) {
    return Set.copyOf(data.getOrDefault(running.get(endpointId).branch(), Map.of()).keySet());
  }

  /** The process dies, and nobody is told. */
  public void kill(String endpointId) {
    running.remove(endpointId);
  }

  /** Takes numbers for every setting, and nothing else. */
  @Override
  public Optional<String> objection(int pgVersion, Map<String, String> settings) {
    return settings.entrySet().stream()
        .filter(setting -> !setting.getValue().matches("[0-9]+.*"))
        .map(setting -> "invalid value for parameter \"" + setting.getKey() + "\"")
        .findFirst();
  }

  @Override
  public void start(ComputeSpec spec) {
    alone(spec.endpointId(), () -> begin(spec));
  }

  private void begin(ComputeSpec spec) {
    calls.add("start " + spec.endpointId());
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.failed("interrupted", e);
    }
    failure.ifPresent(
        problem -> {
          throw problem.saying(problem.getMessage());
        });
    running.put(spec.endpointId(), spec);
  }

  @Override
  public Inventory change(TenantId project, TimelineId branch, List<AccountChange> changes) {
    if (running.values().stream().noneMatch(spec -> spec.branch().equals(branch))) {
      throw Problem.unavailable("no server runs on branch " + branch, null);
    }
    for (var change : changes) {
      refusal.ifPresent(
          problem -> {
            throw problem.saying(problem.getMessage());
          });
      apply(branch, change);
    }
    return inventory(data.getOrDefault(branch, Map.of()));
  }

  private void apply(TimelineId branch, AccountChange change) {
    var contents = data.computeIfAbsent(branch, id -> new TreeMap<>());
    var key = (change.ofRole() ? "role " : "database ") + change.name();
    if (change.drops()) {
      contents.remove(key);
    } else if (change.kind() == Kind.RENAME_ROLE || change.kind() == Kind.RENAME_DATABASE) {
      var before = contents.remove(key);
      var name = change.value().orElseThrow();
      contents.put(
          (change.ofRole() ? "role " : "database ") + name,
          new AccountChange(before.kind(), name, before.value()));
    } else {
      contents.put(key, change);
    }
  }

  private static Inventory inventory(Map<String, AccountChange> contents) {
    return new Inventory(
        contents.values().stream()
            .filter(AccountChange::ofRole)
            .map(role -> new Inventory.Role(role.name(), role.value(), role.value().isPresent()))
            .toList(),
        contents.values().stream()
            .filter(change -> !change.ofRole())
            .map(
                database -> new Inventory.Database(database.name(), database.value().orElseThrow()))
            .toList());
  }

  @Override
  public void stopLeftOver(TenantId project, TimelineId branch) {
    if (running.values().removeIf(spec -> spec.branch().equals(branch))) {
      calls.add("end what is left of " + branch);
    }
  }

  @Override
  public void stop(String endpointId) {
    alone(
        endpointId,
        () -> {
          if (running.remove(endpointId) != null) {
            calls.add("stop " + endpointId);
          }
        });
  }

  @Override
  public boolean isRunning(String endpointId) {
    return running.containsKey(endpointId);
  }

  private void alone(String endpointId, Runnable work) {
    if (!busy.add(endpointId)) {
      throw new IllegalStateException("two calls at once for " + endpointId);
    }
    try {
      work.run();
    } finally {
      busy.remove(endpointId);
    }
  }
}
