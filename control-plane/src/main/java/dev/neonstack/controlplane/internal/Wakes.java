package dev.neonstack.controlplane.internal;

import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.neon.controlplane.EndpointState;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings endpoints up for whoever wants to connect. However many ask for one that sleeps, it is
 * started once; who asked first may be gone by then.
 */
final class Wakes {
  private final Core core;
  private final Map<String, CompletableFuture<EndpointEntry>> starting = new ConcurrentHashMap<>();

  Wakes(Core core) {
    this.core = core;
  }

  /**
   * An endpoint that runs.
   *
   * @param wasUp whether it did so already
   */
  record Awake(EndpointEntry endpoint, boolean wasUp) {}

  /** Completes when the endpoint accepts connections, or with the reason why it does not. */
  CompletableFuture<Awake> wake(EndpointEntry endpoint) {
    if (core.endpoints().status(endpoint).state() == EndpointState.ACTIVE) {
      return CompletableFuture.completedFuture(new Awake(endpoint, true));
    }
    var started = new CompletableFuture<EndpointEntry>();
    var first = starting.putIfAbsent(endpoint.id(), started);
    if (first == null) {
      start(endpoint, started);
    }
    return (first == null ? started : first).thenApply(up -> new Awake(up, false));
  }

  private void start(EndpointEntry endpoint, CompletableFuture<EndpointEntry> started) {
    try {
      var unused =
          core.endpoints()
              .start(endpoint.project(), endpoint.id())
              .whenComplete(
                  (done, failure) -> {
                    starting.remove(endpoint.id());
                    if (failure == null) {
                      started.complete(done.result());
                    } else {
                      started.completeExceptionally(failure);
                    }
                  });
    } catch (RuntimeException e) {
      starting.remove(endpoint.id());
      started.completeExceptionally(e);
    }
  }
}
