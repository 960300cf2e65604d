package dev.neonstack.controlplane.compute;

import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.EndpointEntry.Desired;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.port.ComputeSpec.DatabaseSpec;
import dev.neonstack.controlplane.port.ComputeSpec.RoleSpec;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.controlplane.EndpointState;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what runs to what the catalog says shall run, one endpoint at a time in its own lane. The
 * catalog is always written first, so that a control plane killed at any moment carries on where it
 * stopped.
 */
public final class Computes {
  private static final Logger LOG = LoggerFactory.getLogger(Computes.class);

  private final Store store;
  private final ComputeRuntime runtime;
  private final Executor executor;
  private final Clock clock;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<String, Applied> applied = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> resuming = new ConcurrentHashMap<>();

  private volatile boolean closing;

  public Computes(Store store, ComputeRuntime runtime, Executor executor, Clock clock) {
    this.store = store;
    this.runtime = runtime;
    this.executor = executor;
    this.clock = clock;
  }

  /** Starts, in the background, what shall run, and ends what shall be gone. */
  public void resume() {
    for (var endpoint : store.content().endpoints().values()) {
      if (endpoint.desired() != Desired.IDLE) {
        var future = settle(endpoint.id());
        resuming.put(endpoint.id(), future);
        var unused = future.whenComplete((done, failure) -> resumed(endpoint.id(), failure));
      }
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
    return lanes.computeIfAbsent(id, key -> new Lane(executor, () -> act(key))).run();
  }

  /** Stops what runs or is being started, and leaves the catalog as it is. Nothing starts after. */
  public CompletableFuture<Void> stopAll() {
    closing = true;
    return CompletableFuture.allOf(
        store.content().endpoints().keySet().stream()
            .map(this::settle)
            .toArray(CompletableFuture<?>[]::new));
  }

  /** What the endpoint is doing now. */
  public EndpointState state(EndpointEntry endpoint) {
    if (runtime.isRunning(endpoint.id())) {
      return EndpointState.ACTIVE;
    }
    var lane = lanes.get(endpoint.id());
    return endpoint.desired() == Desired.ACTIVE && lane != null && lane.isBusy()
        ? EndpointState.INIT
        : EndpointState.IDLE;
  }

  private void act(String id) {
    var content = store.content();
    var endpoint = content.endpoints().get(id);
    switch (wanted(content, endpoint)) {
      case ACTIVE -> run(endpoint, spec(content, endpoint));
      case IDLE -> stop(id);
      case DELETED -> {
        stop(id);
        store.update(c -> new Store.Change<>(remove(c, id), null));
        lanes.remove(id);
      }
    }
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
    try {
      if (before.isEmpty()) {
        runtime.start(spec);
      } else if (!before.get().spec().equals(spec)) {
        runtime.apply(spec);
      }
    } catch (Problem e) {
      throw e.saying(hidden(endpoint, e.getMessage()));
    }
    applied.put(id, new Applied(endpoint.generation(), spec.dropped()));
    forgetDrops(endpoint.branchKey(), spec);
  }

  private void forgetDrops(BranchKey key, ComputeSpec spec) {
    if (spec.droppedRoles().isEmpty() && spec.droppedDatabases().isEmpty()) {
      return;
    }
    store.update(
        content -> {
          var branch = content.branches().get(key);
          return new Store.Change<>(
              branch == null
                  ? content
                  : content.with(
                      branch.holding(branch.contents().afterDrops(spec), clock.instant())),
              null);
        });
  }

  private static ComputeSpec spec(Content content, EndpointEntry endpoint) {
    var contents = content.branch(endpoint.branchKey()).contents();
    return new ComputeSpec(
        endpoint.id(),
        endpoint.project(),
        endpoint.branch(),
        endpoint.host(),
        endpoint.port(),
        endpoint.shape().pgSettings(),
        contents.roles().stream().map(r -> new RoleSpec(r.name(), r.scramVerifier())).toList(),
        contents.databases().stream().map(d -> new DatabaseSpec(d.name(), d.owner())).toList(),
        contents.droppedRoles(),
        contents.droppedDatabases());
  }

  /** Takes out secrets that a runtime may have quoted from Postgres. */
  private String hidden(EndpointEntry endpoint, String message) {
    var text = message;
    for (var role : store.content().branch(endpoint.branchKey()).contents().roles()) {
      text = text.replace(role.password(), "(hidden)").replace(role.scramVerifier(), "(hidden)");
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
      return generation != endpoint.generation() || !spec.settings().equals(wanted.settings());
    }
  }
}
