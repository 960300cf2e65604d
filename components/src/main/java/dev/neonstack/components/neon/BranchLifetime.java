package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What may end a branch.
 *
 * @param protectedBranch the branch cannot be deleted until this is taken back
 * @param expiresAt the moment it is deleted; excludes {@code ttl}
 * @param ttl how long after its creation it is deleted; excludes {@code expiresAt}
 */
public record BranchLifetime(
    boolean protectedBranch, Optional<Instant> expiresAt, Optional<Duration> ttl) {

  /** A branch that lives until it is taken out of the configuration. */
  public static final BranchLifetime UNTIL_REMOVED =
      new BranchLifetime(false, Optional.empty(), Optional.empty());

  public BranchLifetime {
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(ttl, "ttl is null");
  }

  /** Whether the branch ends by itself. */
  public boolean ends() {
    return expiresAt.isPresent() || ttl.isPresent();
  }
}
