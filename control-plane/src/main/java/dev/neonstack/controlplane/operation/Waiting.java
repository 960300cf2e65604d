package dev.neonstack.controlplane.operation;

import dev.neonstack.controlplane.problem.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for work of another thread, and throws what it threw. */
public final class Waiting {
  private Waiting() {}

  public static <T> T on(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Problem problem) {
        throw problem;
      }
      throw e;
    }
  }
}
