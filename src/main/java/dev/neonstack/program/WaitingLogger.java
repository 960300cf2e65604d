package dev.neonstack.program;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Gives back the processor that the Pulumi SDK would keep busy. While resources are being made, the
 * SDK (1.36.1, {@code DeploymentImpl.DefaultRunner}) asks in an endless loop whether all are done,
 * and writes into its log each time; here this write waits a little. Where a later SDK waits by
 * itself, this does nothing.
 */
public final class WaitingLogger extends Logger {
  private static final String LOOP = "com.pulumi.deployment.internal.DeploymentImpl";
  private static final String EACH_TIME = "Remaining tasks";
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** The log manager forgets a logger that nobody holds. */
  private static final WaitingLogger HELD =
      new WaitingLogger(() -> LockSupport.parkNanos(PAUSE.toNanos()));

  private final Runnable pause;

  WaitingLogger(Runnable pause) {
    super(LOOP, null);
    this.pause = pause;
  }

  /** Takes the place of the SDK's logger, which must not have been asked for yet. */
  public static void install() {
    LogManager.getLogManager().addLogger(HELD);
  }

  @Override
  public void log(Level level, String message) {
    if (message.startsWith(EACH_TIME)) {
      pause.run();
    }
    super.log(level, message);
  }
}
