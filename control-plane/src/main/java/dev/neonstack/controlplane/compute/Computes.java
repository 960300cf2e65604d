package dev.neonstack.controlplane.compute;

import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Contents.Known;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.EndpointEntry.Desired;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.controlplane.EndpointState;
import dev.neonstack.neon.controlplane.EndpointType;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what runs to what the catalog says shall run, one endpoint at a time in its own lane. The
 * catalog is always written first, so that a control plane killed at any moment carries on where it
 * stopped.
 */
public final class Computes {
  private static final Logger LOG = LoggerFactory.getLogger(Computes.class);
  private static final LocalPorts ANY_PORT = new LocalPorts(0);

  private final Store store;
  private final ComputeRuntime runtime;
  private final Executor executor;
  private final Watch watch;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<String, Applied> applied = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> resuming = new ConcurrentHashMap<>();
  private final Map<BranchKey, ReentrantLock> turns = new ConcurrentHashMap<>();
  private final Failures failures;

  private volatile boolean closing;

  /** What is to be done with every server that starts. */
  public interface Watch {
    /** Before a server of the branch runs. */
    void starting(BranchKey branch);

    /** Once it accepts connections. */
    void started(BranchKey branch);

    /** When nobody but us has spoken to the server that has just ended. */
    void ended(BranchKey branch);
  }

  public Computes(
      Store store, ComputeRuntime runtime, Executor executor, Watch watch, Clock clock) {
    this.store = store;
    this.runtime = runtime;
    this.executor = executor;
    this.watch = watch;
    this.failures = new Failures(clock);
  }

  /** Starts, in the background, what shall run, and ends what shall be gone. */
  public void resume() {
    endLeftOvers();
    for (var endpoint : store.content().endpoints().values()) {
      if (endpoint.desired() != Desired.IDLE) {
        var future = settle(endpoint.id());
        resuming.put(endpoint.id(), future);
        var unused = future.whenComplete((done, failure) -> resumed(endpoint.id(), failure));
      }
    }
  }

  /** A server that was started for a visit outlives a process that is killed meanwhile. */
  private void endLeftOvers() {
    for (var branch : store.content().branches().values()) {
      if (branch.contents().known() == Known.EARLIER && writer(branch.key()).isEmpty()) {
        executor.execute(() -> alone(branch.key(), () -> endLeftOver(branch.key())));
      }
    }
  }

  private Void endLeftOver(BranchKey key) {
    if (writer(key).isEmpty()) {
      runtime.stopLeftOver(key.project(), key.branch());
    }
    return null;
  }

  /** The endpoint that shall run on the branch. */
  private Optional<EndpointEntry> writer(BranchKey key) {
    return store.content().endpointsOf(key).stream()
        .filter(endpoint -> endpoint.desired() == Desired.ACTIVE)
        .filter(endpoint -> endpoint.shape().type() == EndpointType.READ_WRITE)
        .findFirst();
  }

  /**
   * Does the work while a Postgres of the branch runs and nobody else starts, stops or changes it:
   * that of its endpoint, or one that is started for this, where nobody else finds it.
   */
  public <T> T visiting(BranchKey key, Supplier<T> work) {
    return alone(
        key,
        () -> {
          var branch = store.content().branch(key);
          if (closing) {
            throw Problem.unavailable("the control plane is being stopped; repeat later", null);
          }
          if (branch.state() == BranchState.DELETING) {
            throw Problem.locked("branch " + branch.label() + " is being deleted");
          }
          var endpoint = writer(key);
          if (endpoint.isPresent()) {
            run(endpoint.get(), spec(endpoint.get()));
            return work.get();
          }
          return visitingSleeper(key, work);
        });
  }

  private <T> T visitingSleeper(BranchKey key, Supplier<T> work) {
    var settings =
        store.content().endpointsOf(key).stream()
            .filter(endpoint -> endpoint.shape().type() == EndpointType.READ_WRITE)
            .map(endpoint -> endpoint.shape().pgSettings())
            .findFirst();
    var spec =
        new ComputeSpec(
            "visit-" + key.branch(),
            key.project(),
            key.branch(),
            LocalPorts.HOST,
            ANY_PORT.free(Set.of()),
            settings.orElse(Map.of()),
            store.content().project(key.project()).logicalReplication());
    T result;
    try {
      begin(key, spec);
      result = work.get();
    } finally {
      runtime.stop(spec.endpointId());
    }
    watch.ended(key);
    return result;
  }

  private <T> T alone(BranchKey key, Supplier<T> work) {
    var turn = turns.computeIfAbsent(key, branch -> new ReentrantLock());
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  private void resumed(String id, Throwable failure) {
    resuming.remove(id);
    if (failure != null) {
      LOG.warn("Endpoint {} could not be resumed: {}", id, messageOf(failure));
    }
  }

  /** Completes when the endpoint is no longer being resumed after a restart, however that ended. */
  public CompletableFuture<Void> whenResumed(String id) {
    var future = resuming.get(id);
    return future == null
        ? CompletableFuture.completedFuture(null)
        : future.handle((done, failure) -> null);
  }

  /** Completes when no endpoint is being resumed any more. */
  public CompletableFuture<Void> whenAllResumed() {
    return CompletableFuture.allOf(
        resuming.keySet().stream().map(this::whenResumed).toArray(CompletableFuture<?>[]::new));
  }

  public int resumingCount() {
    return resuming.size();
  }

  /** Completes when the endpoint does what the catalog said at this moment, or could not. */
  public CompletableFuture<Void> settle(String id) {
    return lanes.computeIfAbsent(id, key -> new Lane(executor, () -> attempt(key))).run();
  }

  /** Stops what runs or is being started, and leaves the catalog as it is. Nothing starts after. */
  public CompletableFuture<Void> stopAll() {
    closing = true;
    var endpoints = store.content().endpoints().keySet().stream().map(this::settle);
    var visits =
        turns.keySet().stream()
            .map(key -> CompletableFuture.runAsync(() -> alone(key, () -> null), executor));
    return CompletableFuture.allOf(
        Stream.concat(endpoints, visits).toArray(CompletableFuture<?>[]::new));
  }

  /** How the endpoint stands now. */
  public EndpointStatus status(EndpointEntry endpoint) {
    if (runtime.isRunning(endpoint.id())) {
      return new EndpointStatus(EndpointState.ACTIVE, Optional.empty());
    }
    var failure =
        failures
            .reason(endpoint.id())
            .or(() -> Optional.of(endpoint).filter(this::isMissing).map(e -> ended(e.id())));
    var starts = endpoint.desired() == Desired.ACTIVE && isBusy(endpoint.id());
    return new EndpointStatus(
        starts && failure.isEmpty() ? EndpointState.INIT : EndpointState.IDLE, failure);
  }

  private boolean isBusy(String id) {
    return Optional.ofNullable(lanes.get(id)).filter(Lane::isBusy).isPresent();
  }

  /** Starts again what shall run and does not; to be called from time to time. */
  public void revive() {
    for (var endpoint : store.content().endpoints().values()) {
      var id = endpoint.id();
      if (isMissing(endpoint)) {
        if (failures.reason(id).isEmpty()) {
          failures.ended(id, ended(id));
          LOG.warn("Endpoint {} is started again: {}", id, ended(id));
        }
        if (failures.isDue(id)) {
          var unused = settle(id).exceptionally(failure -> null);
        }
      }
    }
  }

  /** Looked at twice, as a start may end between the looks. */
  private boolean isMissing(EndpointEntry endpoint) {
    var id = endpoint.id();
    return wanted(store.content(), endpoint) == Desired.ACTIVE
        && !runtime.isRunning(id)
        && !resuming.containsKey(id)
        && !isBusy(id)
        && !runtime.isRunning(id);
  }

  private String ended(String id) {
    return "its Postgres has ended, though nobody asked for it"
        + runtime.lastWords(id).map(line -> "; the last line of its log: " + line).orElse("");
  }

  private void attempt(String id) {
    try {
      act(id);
    } catch (RuntimeException e) {
      var reason = messageOf(e);
      if (!failures.reason(id).equals(Optional.of(reason))) {
        LOG.warn("Endpoint {}: {}", id, reason);
      }
      failures.failed(
          id, reason, e instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE);
      throw e;
    }
    if (runtime.isRunning(id)) {
      failures.started(id);
    } else {
      failures.forget(id);
    }
  }

  private void act(String id) {
    var endpoint = store.content().endpoints().get(id);
    if (endpoint == null) {
      act(id, null);
    } else {
      alone(endpoint.branchKey(), () -> act(id, store.content().endpoints().get(id)));
    }
  }

  private Void act(String id, EndpointEntry endpoint) {
    switch (wanted(store.content(), endpoint)) {
      case ACTIVE -> run(endpoint, spec(endpoint));
      case IDLE -> stop(id);
      case DELETED -> {
        stop(id);
        store.update(c -> new Store.Change<>(remove(c, id), null));
        lanes.remove(id);
      }
    }
    return null;
  }

  private Desired wanted(Content content, EndpointEntry endpoint) {
    if (endpoint == null || endpoint.desired() == Desired.DELETED) {
      return Desired.DELETED;
    }
    var branch = content.branches().get(endpoint.branchKey());
    var leaving =
        closing
            || branch == null
            || branch.state() == BranchState.DELETING
            || content.project(endpoint.project()).deleting();
    return leaving ? Desired.IDLE : endpoint.desired();
  }

  private static Content remove(Content content, String id) {
    var endpoint = content.endpoints().get(id);
    return endpoint == null ? content : content.without(endpoint);
  }

  private void stop(String id) {
    runtime.stop(id);
    applied.remove(id);
  }

  private void run(EndpointEntry endpoint, ComputeSpec spec) {
    var id = endpoint.id();
    var before = Optional.ofNullable(applied.get(id)).filter(a -> runtime.isRunning(id));
    if (before.filter(a -> a.needsRestart(endpoint, spec)).isPresent()) {
      stop(id);
      before = Optional.empty();
    }
    if (before.isEmpty()) {
      try {
        begin(endpoint.branchKey(), spec);
      } catch (Problem e) {
        throw e.saying(hidden(endpoint, e.getMessage()));
      }
    }
    applied.put(id, new Applied(endpoint.generation(), spec));
  }

  private void begin(BranchKey key, ComputeSpec spec) {
    watch.starting(key);
    runtime.start(spec);
    watch.started(key);
  }

  private ComputeSpec spec(EndpointEntry endpoint) {
    return new ComputeSpec(
        endpoint.id(),
        endpoint.project(),
        endpoint.branch(),
        endpoint.host(),
        endpoint.port(),
        endpoint.shape().pgSettings(),
        store.content().project(endpoint.project()).logicalReplication());
  }

  /** Takes out secrets that a runtime may have quoted from Postgres. */
  private String hidden(EndpointEntry endpoint, String message) {
    var text = message;
    for (var secret : store.content().branch(endpoint.branchKey()).contents().secrets()) {
      text = text.replace(secret.password(), "(hidden)").replace(secret.verifier(), "(hidden)");
    }
    return text;
  }

  public static String messageOf(Throwable failure) {
    var cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof Problem ? cause.getMessage() : cause.toString();
  }

  private record Applied(long generation, ComputeSpec spec) {
    boolean needsRestart(EndpointEntry endpoint, ComputeSpec wanted) {
      return generation != endpoint.generation()
          || spec.logicalReplication() != wanted.logicalReplication()
          || !spec.settings().equals(wanted.settings());
    }
  }
}
