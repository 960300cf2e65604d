package dev.neonstack.it.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits that end. */
public final class Wait {
  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Wait() {}

  /** Waits a minute at most. */
  public static void until(String what, BooleanSupplier happened) {
    var end = Instant.now().plus(LIMIT);
    while (!happened.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("did not happen within " + LIMIT + ": " + what);
      }
      sleep(MOMENT);
    }
  }

  public static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
