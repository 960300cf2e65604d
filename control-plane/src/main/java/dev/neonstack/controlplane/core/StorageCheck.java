package dev.neonstack.controlplane.core;

import dev.neonstack.controlplane.compute.Computes;
import dev.neonstack.controlplane.port.Storage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether storage answers: once at a time, however many want to know. */
final class StorageCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StorageCheck.class);

  /** Probes of Kubernetes have to wait longer, which is their {@code timeoutSeconds}. */
  private static final long PATIENCE_SECONDS = 3;

  private final Storage storage;
  private final AtomicBoolean answered = new AtomicBoolean(true);
  private CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);

  StorageCheck(Storage storage) {
    this.storage = storage;
  }

  /** Why storage cannot be used now; empty when it answers. */
  synchronized CompletableFuture<Optional<String>> obstacle() {
    if (asked.isDone()) {
      asked = CompletableFuture.runAsync(storage::probe, StorageCheck::inThreadOfItsOwn);
    }
    return asked
        .handle((done, failure) -> Optional.ofNullable(failure).map(Computes::messageOf))
        .completeOnTimeout(
            Optional.of("storage has not answered within %d s".formatted(PATIENCE_SECONDS)),
            PATIENCE_SECONDS,
            TimeUnit.SECONDS)
        .whenComplete((obstacle, failure) -> note(obstacle));
  }

  /** The workers may all be waiting for storage. */
  private static void inThreadOfItsOwn(Runnable probe) {
    var thread = new Thread(probe, "storage-check");
    thread.setDaemon(true);
    thread.start();
  }

  private void note(Optional<String> obstacle) {
    if (answered.getAndSet(obstacle.isEmpty()) != obstacle.isEmpty()) {
      obstacle.ifPresentOrElse(
          why -> LOG.warn("Storage cannot be used: {}", why), () -> LOG.info("Storage answers"));
    }
  }
}
