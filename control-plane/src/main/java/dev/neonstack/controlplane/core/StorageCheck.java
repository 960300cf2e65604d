package dev.neonstack.controlplane.core;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether storage answers: once at a time, however many want to know. */
final class StorageCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StorageCheck.class);

  /** Less than probes of Kubernetes wait for us. */
  private static final long PATIENCE_SECONDS = 3;

  private final Storage storage;
  private final Executor workers;
  private final AtomicBoolean answered = new AtomicBoolean(true);
  private CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);

  StorageCheck(Storage storage, Executor workers) {
    this.storage = storage;
    this.workers = workers;
  }

  /** Why storage cannot be used now; empty when it answers. */
  synchronized CompletableFuture<Optional<String>> obstacle() {
    if (asked.isDone()) {
      asked = CompletableFuture.runAsync(storage::probe, workers);
    }
    return asked
        .handle((done, failure) -> Optional.ofNullable(failure).map(Computes::messageOf))
        .completeOnTimeout(
            Optional.of("storage has not answered within %d s".formatted(PATIENCE_SECONDS)),
            PATIENCE_SECONDS,
            TimeUnit.SECONDS)
        .whenComplete((obstacle, failure) -> note(obstacle));
  }

  private void note(Optional<String> obstacle) {
    if (answered.getAndSet(obstacle.isEmpty()) != obstacle.isEmpty()) {
      obstacle.ifPresentOrElse(
          why -> LOG.warn("Storage cannot be used: {}", why), () -> LOG.info("Storage answers"));
    }
  }
}
