package dev.neonstack.neon.storage;

import java.time.Duration;

/**
 * How long to wait. A pageserver waits up to 300 s for WAL before it gives up a branch, and a
 * bootstrap behind a slow object store takes tens of seconds.
 */
record Timeouts(Duration connect, Duration call, Duration create) {
  static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(310));

  /** For a call whose answer is soon worth nothing. */
  Timeouts impatient() {
    return new Timeouts(connect, Duration.ofSeconds(10), create);
  }
}
