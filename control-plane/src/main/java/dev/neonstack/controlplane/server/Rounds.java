package dev.neonstack.controlplane.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is looked after from time to time, each in a thread of its own. */
final class Rounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final long PERIOD_SECONDS = 30;

  private final List<ScheduledExecutorService> timers = new ArrayList<>();

  private Rounds() {}

  /** Does each of them every half minute, and again when one has failed. */
  static Rounds start(Runnable... each) {
    var rounds = new Rounds();
    for (var one : each) {
      var timer = Executors.newSingleThreadScheduledExecutor(Rounds::daemon);
      rounds.timers.add(timer);
      var unused =
          timer.scheduleWithFixedDelay(
              () -> round(one), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }
    return rounds;
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "round");
    thread.setDaemon(true);
    return thread;
  }

  private static void round(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("A round failed; the next one is tried", e);
    }
  }

  @Override
  public void close() {
    timers.forEach(ScheduledExecutorService::shutdownNow);
  }
}
