package dev.neonstack.controlplane;

import java.util.concurrent.CountDownLatch;

/** A server that is all that its process does. */
public final class Foreground {
  private Foreground() {}

  /** Waits until the process is told to end, and then does this. Does not return. */
  public static void serve(Runnable end) {
    Runtime.getRuntime().addShutdownHook(new Thread(end, "end"));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
