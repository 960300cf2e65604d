package dev.neonstack.controlplane.sql;

import dev.neonstack.controlplane.problem.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time for which a server leads, renewed while it lives. It ends when another server leads, and
 * when it could not be renewed for a term: by then another one may.
 */
public final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final int RENEWALS_PER_TERM = 3;

  private final Leadership leadership;
  private final long epoch;
  private final Duration term;
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, Lease::daemon);
  private volatile long renewed = System.nanoTime();

  /**
   * Renews from here on what was just taken.
   *
   * @param term for how long a renewal holds
   */
  public Lease(Leadership leadership, long epoch, Duration term) {
    this.leadership = leadership;
    this.epoch = epoch;
    this.term = term;
    var pause = term.toMillis() / RENEWALS_PER_TERM;
    var unused = threads.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    // A renewal may hang, so another thread looks at the clock.
    var unusedToo =
        threads.scheduleWithFixedDelay(this::expire, pause, pause / 2, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "neonstack-lease");
    thread.setDaemon(true);
    return thread;
  }

  /** Since when this server leads. */
  public long epoch() {
    return epoch;
  }

  /** Completes with the reason once this server does not lead any more. */
  public CompletableFuture<String> lost() {
    return lost;
  }

  private void renew() {
    var asked = System.nanoTime();
    try {
      if (leadership.renew(epoch)) {
        renewed = asked;
      } else {
        lost.complete("another control plane leads: " + leadership.leader());
      }
    } catch (SQLException | Problem e) {
      LOG.warn("The lease of the catalog cannot be renewed: {}", e.getMessage());
    }
  }

  private void expire() {
    if (System.nanoTime() - renewed > term.toNanos()) {
      lost.complete("the catalog could not be reached for " + term.toMillis() + " ms");
    }
  }

  /** Renews no more, and lets another server lead at once. */
  @Override
  public void close() {
    threads.shutdownNow();
    if (!lost.isDone()) {
      try {
        leadership.release(epoch);
      } catch (SQLException | Problem e) {
        LOG.info("The next control plane has to wait for the lease to end: {}", e.getMessage());
      }
    }
  }
}
