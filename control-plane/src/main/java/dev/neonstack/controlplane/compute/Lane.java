package dev.neonstack.controlplane.compute;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Runs one action over and over, never twice at once. Who asks while a run waits to begin shares
 * it; who asks while one is at work shares the next, as the one at work may have looked too early.
 */
final class Lane {
  private final Executor executor;
  private final Runnable action;
  private CompletableFuture<Void> waiting;
  private boolean working;

  Lane(Executor executor, Runnable action) {
    this.executor = executor;
    this.action = action;
  }

  /** Completes when a run that began after this call has ended. */
  synchronized CompletableFuture<Void> run() {
    if (waiting == null) {
      waiting = new CompletableFuture<>();
    }
    var mine = waiting;
    if (!working) {
      working = true;
      executor.execute(this::work);
    }
    return mine;
  }

  synchronized boolean isBusy() {
    return working;
  }

  private void work() {
    CompletableFuture<Void> mine;
    synchronized (this) {
      mine = waiting;
      waiting = null;
    }
    Throwable failure = null;
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    synchronized (this) {
      working = waiting != null;
      if (working) {
        executor.execute(this::work);
      }
    }
    if (failure == null) {
      mine.complete(null);
    } else {
      mine.completeExceptionally(failure);
    }
  }
}
