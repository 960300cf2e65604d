package dev.neonstack.provider.resource;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Ends at once what goes on when the user cancels: waits, and calls that wait for an answer. */
public final class Cancellation {
  private final Set<Thread> working = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;

  /** Interrupts all work, now and from now on. */
  public void cancel() {
    cancelled = true;
    working.forEach(Thread::interrupt);
  }

  /** Whether the user has cancelled. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Does work that a cancel interrupts. */
  public <T> T run(Supplier<T> work) {
    var thread = Thread.currentThread();
    working.add(thread);
    try {
      if (cancelled) {
        throw new RefusedException("cancelled before it began");
      }
      return work.get();
    } finally {
      working.remove(thread);
      Thread.interrupted(); // the thread goes back to its pool
    }
  }
}
