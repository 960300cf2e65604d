package dev.neonstack.controlplane.lifetime;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.problem.Problem;
import java.time.Instant;
import java.util.Optional;

/** When a branch may end by itself: at a moment still to come, and not what is there to stay. */
public final class Expiry {
  private Expiry() {}

  /** Refuses a moment that a new branch cannot have. */
  public static void check(boolean keep, Optional<Instant> expiresAt, Instant now) {
    if (keep && expiresAt.isPresent()) {
      throw Problem.refused(
          "protected is true and expires_at is "
              + expiresAt.get()
              + "; a protected branch cannot expire, so set protected to false or leave out"
              + " expires_at");
    }
    expiresAt
        .filter(time -> !time.isAfter(now))
        .ifPresent(
            time -> {
              throw Problem.refused(
                  "expires_at is "
                      + time
                      + ", which has passed (it is "
                      + now
                      + "): the branch would be deleted at once; give a later moment, or leave it out");
            });
  }

  /** Refuses what a branch cannot become; what it has already is not judged again. */
  public static void check(Content content, Optional<Branch> had, Branch wanted, Instant now) {
    var same = had.map(Branch::expiresAt).filter(wanted.expiresAt()::equals).isPresent();
    check(wanted.protectedBranch(), same ? Optional.empty() : wanted.expiresAt(), now);
    if (same && wanted.protectedBranch() && wanted.expiresAt().isPresent()) {
      check(true, wanted.expiresAt(), now);
    }
    var project = content.project(wanted.project());
    if (!same && project.defaultBranch().equals(Optional.of(wanted.id()))) {
      checkDefault(wanted);
    }
  }

  /** Refuses that a branch which ends by itself is the default one. */
  public static void checkDefault(Branch branch) {
    branch
        .expiresAt()
        .ifPresent(
            time -> {
              throw Problem.refused(
                  "branch %s would expire at %s, and the default branch of a project cannot; take its expiry away, or make another branch the default one"
                      .formatted(branch.label(), time));
            });
  }
}
