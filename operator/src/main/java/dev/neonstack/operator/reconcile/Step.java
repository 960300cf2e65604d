package dev.neonstack.operator.reconcile;

import dev.neonstack.operator.api.Phase;
import dev.neonstack.operator.storage.Obstacle;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a compute stands after a look and at most one step.
 *
 * @param phase in a word
 * @param accepted whether anything stands against running it
 * @param ready whether Postgres accepts connections
 * @param current whether its pod is what the spec asks for; empty without a pod
 * @param deleted what a deletion waits for; empty when nobody deletes it
 * @param lastActive when a client was last seen at work; empty when that is not known now
 * @param again when to look again though nothing has happened
 */
@RecordBuilder
record Step(
    Phase phase,
    Verdict accepted,
    Verdict ready,
    Optional<Verdict> current,
    Optional<Verdict> deleted,
    Optional<Instant> lastActive,
    Duration again)
    implements StepBuilder.With {
  /** The way from a pod to Postgres takes about a second. */
  static final Duration AT_ONCE = Duration.ofMillis(50);

  static final Duration SOON = Duration.ofSeconds(2);
  static final Duration LATER = Duration.ofSeconds(15);

  private static final Verdict ACCEPTED =
      Verdict.yes("TimelineFound", "the timeline is there, and nothing else writes to it");

  static Step of(Phase phase, Verdict ready, Duration again) {
    return new Step(
        phase, ACCEPTED, ready, Optional.empty(), Optional.empty(), Optional.empty(), again);
  }

  /** One that cannot be started. */
  static Step against(Obstacle obstacle) {
    var accepted =
        obstacle.passing()
            ? Verdict.unknown(obstacle.reason(), obstacle.message())
            : Verdict.bad(obstacle.reason(), obstacle.message());
    return of(Phase.PENDING, Verdict.no("NotAccepted", "it is not started"), SOON)
        .withAccepted(accepted);
  }
}
