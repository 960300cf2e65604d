package dev.neonstack.provider.resource;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import dev.failsafe.Timeout;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.neon.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * How long an operation may go on, and the repeating of what may succeed later. Only what a repeat
 * can settle is repeated; a refusal is told at once.
 */
public final class Patience {
  private static final Duration SHORTEST = Duration.ofMillis(8);
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(3);
  private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(10);
  private static final double JITTER = 0.25;

  /** Time was up. */
  public static final class TookTooLongException extends RefusedException {
    private static final long serialVersionUID = 1;

    TookTooLongException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private final Clock clock;
  private final Instant deadline;
  private final Cancellation cancellation;
  private final Progress progress;

  /** Patience until so long from now. */
  public Patience(Clock clock, Duration limit, Cancellation cancellation, Progress progress) {
    this.clock = clock;
    this.deadline = clock.instant().plus(limit);
    this.cancellation = cancellation;
    this.progress = progress;
  }

  /** Whether the user has cancelled. */
  public boolean isCancelled() {
    return cancellation.isCancelled();
  }

  /**
   * Repeats the call while it fails in a way that a repeat can settle; the last failure is thrown.
   *
   * @param what what is being done, for the user: "creating branch x"
   */
  public <T> T settle(String what, Supplier<T> call) {
    return repeat(what, call, Patience::maySettle);
  }

  /** The same for a call that answers nothing. */
  public void settle(String what, Runnable call) {
    settle(
        what,
        () -> {
          call.run();
          return true;
        });
  }

  /** Waits until the check holds; false when time is up or the user has cancelled. */
  public boolean await(String what, Supplier<Boolean> check) {
    var policy =
        this.<Boolean>policy(what)
            .handleIf((done, failure) -> failure == null ? !done : maySettle(failure))
            .build();
    return run(what, policy, check);
  }

  private <T> T repeat(String what, Supplier<T> call, Judge judge) {
    return run(what, this.<T>policy(what).handleIf(judge::mayRepeat).build(), call);
  }

  private interface Judge {
    boolean mayRepeat(Throwable failure);
  }

  private <T> RetryPolicyBuilder<T> policy(String what) {
    var left = left();
    var first = shorter(FIRST_DELAY, left.dividedBy(4));
    var said = new AtomicReference<>(Instant.MIN);
    return RetryPolicy.<T>builder()
        .withBackoff(first, shorter(LONGEST_DELAY, left.dividedBy(2)))
        .withJitter(JITTER)
        .withMaxAttempts(-1)
        .withMaxDuration(left)
        .abortIf((result, failure) -> cancellation.isCancelled())
        .onRetryScheduled(event -> say(what, event.getLastException(), said));
  }

  private Duration left() {
    return longer(Duration.between(clock.instant(), deadline), SHORTEST);
  }

  /** Ends a call that would answer after the deadline. */
  private <T> Timeout<T> limit() {
    return Timeout.<T>builder(left()).withInterrupt().build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private <T> T run(String what, RetryPolicy<T> policy, Supplier<T> call) {
    try {
      return Failsafe.with(policy).compose(limit()).get(call::get);
    } catch (FailsafeException e) {
      if (cancellation.isCancelled()) {
        throw new RefusedException("cancelled while " + what, e);
      }
      Thread.interrupted(); // it was time that interrupted, and what follows has to run
      throw new TookTooLongException(
          what + " took longer than it may; raise the resource's customTimeouts to wait longer", e);
    }
  }

  private void say(String what, Throwable failure, AtomicReference<Instant> said) {
    var now = clock.instant();
    if (said.get().equals(Instant.MIN) || said.get().plus(BETWEEN_MESSAGES).isBefore(now)) {
      said.set(now);
      progress.status(what + (failure == null ? "" : " (waiting: " + failure.getMessage() + ")"));
    }
  }

  /** Whether a repeat of the same call can settle this failure. */
  static boolean maySettle(Throwable failure) {
    if (failure instanceof StorageException storage) {
      return switch (storage.kind()) {
        case RETRY, UNKNOWN_OUTCOME -> true;
        case CONFLICT, REFUSED, GONE, UNAUTHORISED, WRONG_ANSWER, FAILED -> false;
      };
    }
    if (failure instanceof ControlPlaneException controlPlane) {
      return switch (controlPlane.kind()) {
        case RETRY, UNKNOWN_OUTCOME -> true;
        case CONFLICT, REFUSED, NOT_FOUND, UNAUTHORISED, FAILED -> false;
      };
    }
    return false;
  }
}
