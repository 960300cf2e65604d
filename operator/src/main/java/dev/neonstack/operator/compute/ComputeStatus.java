package dev.neonstack.operator.compute;

import java.time.Instant;
import java.util.Optional;

/**
 * What compute_ctl says of itself.
 *
 * @param state how far it is
 * @param lastActive when a client was last seen at work
 * @param error why it failed
 */
public record ComputeStatus(State state, Optional<Instant> lastActive, Optional<String> error) {

  /** How far it is. */
  public enum State {
    /** Postgres does not accept connections yet. */
    STARTING,
    /** Postgres accepts connections. */
    RUNNING,
    /** It could not start Postgres, and ends. */
    FAILED,
    /** Postgres is being ended, or has ended. */
    ENDING
  }
}
