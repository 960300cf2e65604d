package dev.neonstack.controlplane;

import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A runtime whose servers are their roles and databases. A branch keeps them while no endpoint
 * runs, as its data would.
 */
public final class InMemoryComputeRuntime implements ComputeRuntime {
  private final Map<String, ComputeSpec> running = new ConcurrentHashMap<>();
  private final Map<Object, Set<String>> data = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private volatile Optional<Problem> failure = Optional.empty();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Starts fail so from now on, until told otherwise. */
  public void failWith(Optional<Problem> problem) {
    failure = problem;
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
    return Set.copyOf(data.get(running.get(endpointId).branch()));
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
    bring(spec);
  }

  @Override
  public void apply(ComputeSpec spec) {
    alone(
        spec.endpointId(),
        () -> {
          calls.add("apply " + spec.endpointId());
          bring(spec);
        });
  }

  private void bring(ComputeSpec spec) {
    var contents = data.computeIfAbsent(spec.branch(), branch -> new TreeSet<>());
    spec.droppedDatabases().forEach(name -> contents.remove("database " + name));
    spec.droppedRoles().forEach(name -> contents.remove("role " + name));
    spec.roles().forEach(role -> contents.add("role " + role.name()));
    spec.databases().forEach(database -> contents.add("database " + database.name()));
    running.put(spec.endpointId(), spec);
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
