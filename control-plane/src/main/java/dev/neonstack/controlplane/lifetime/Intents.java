package dev.neonstack.controlplane.lifetime;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The creations that owners of branches have announced and not ended. Storage makes a branch long
 * after who asked for it is gone, so an intent holds until no call of it can be on its way.
 */
public final class Intents {
  /** Storage waits up to 300 s for the position that a branch starts from. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(10);

  private final Map<BranchKey, Instant> announced = new ConcurrentHashMap<>();
  private final Instant beginning;

  /** None yet; a process before this one may have heard of some until then. */
  public Intents(Instant beginning) {
    this.beginning = beginning;
  }

  /** The owner is about to call storage. */
  public void announce(BranchKey branch, Instant now) {
    announced.put(branch, now);
  }

  /** The creation has ended. */
  public void end(BranchKey branch) {
    announced.remove(branch);
  }

  /** Refuses to touch a branch while a call that makes it may be on its way. */
  public void requireEnded(Branch branch, Instant now) {
    var until = announced.getOrDefault(branch.key(), beginning).plus(LONGEST_CALL);
    if (now.isBefore(until)) {
      throw Problem.locked(
          "branch %s is being made by %s; run pulumi up there to finish it, or repeat after %s"
              .formatted(branch.label(), branch.owner().orElse("another client"), until));
    }
  }
}
