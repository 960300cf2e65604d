package dev.neonstack.program;

import static java.util.Objects.requireNonNull;

import com.pulumi.deployment.internal.Runner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Counts what a program has still to do. The SDK's own runner asks all tasks over and over whether
 * they are done, without a pause, and writes all of their names down each time; here that runner
 * sees only one task, and not before it is done.
 */
final class Tasks implements Runner {
  private final Runner sdk;
  private final AtomicLong open = new AtomicLong(1);
  private final CompletableFuture<Void> all = new CompletableFuture<>();

  Tasks(Runner sdk) {
    this.sdk = sdk;
  }

  @Override
  public <T> void registerTask(String description, CompletableFuture<T> task) {
    requireNonNull(task, "task is null");
    open.incrementAndGet();
    var unused =
        task.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                close();
              } else {
                all.completeExceptionally(failure);
              }
            });
  }

  @Override
  public <T> CompletableFuture<Result<T>> runAsync(Supplier<T> program) {
    return sdk.runAsync(
        () -> {
          var value = program.get();
          close();
          all.join();
          return value;
        });
  }

  private void close() {
    if (open.decrementAndGet() == 0) {
      all.complete(null);
    }
  }
}
