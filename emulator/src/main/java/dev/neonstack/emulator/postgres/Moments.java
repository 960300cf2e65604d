package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.LsnAt;
import dev.neonstack.emulator.TimelineLookup;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.emulator.postgres.CommitIndex.Commit;
import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the position of a moment. As on a pageserver, the commits below the lower bound, which may
 * be an ancestor's, are known: they tell on which side of the range the moment lies.
 */
final class Moments {
  private final Branches branches;
  private final TimelineLookup lookup;

  Moments(Branches branches, TimelineLookup lookup) {
    this.branches = branches;
    this.lookup = lookup;
  }

  LsnAt find(TimelineMeta timeline, Instant moment, Lsn lowerBound) throws IOException {
    var branch = branch(timeline);
    Optional<Commit> newest = Optional.empty();
    Optional<Commit> last = Optional.empty();
    if (branch.files().isMaterialised()) {
      var commits = branch.commits();
      newest = commits.newest().filter(commit -> commit.end().isAfter(lowerBound));
      last = commits.lastUntil(moment).filter(commit -> commit.end().isAfter(lowerBound));
    }
    if (last.isPresent() && !last.equals(newest)) {
      return new LsnAt(last.get().end(), LsnAt.Kind.PRESENT);
    }
    if (last.isPresent()) {
      return new LsnAt(branch.head(timeline), LsnAt.Kind.FUTURE);
    }
    return withoutCommitInRange(timeline, moment, lowerBound, newest.isPresent());
  }

  private LsnAt withoutCommitInRange(
      TimelineMeta timeline, Instant moment, Lsn lowerBound, boolean laterOnes) throws IOException {
    var before = lastUntil(timeline, lowerBound);
    if (before.filter(commit -> !commit.time().isAfter(moment)).isPresent()) {
      return laterOnes
          ? new LsnAt(lowerBound, LsnAt.Kind.PRESENT)
          : new LsnAt(branch(timeline).head(timeline), LsnAt.Kind.FUTURE);
    }
    var known = laterOnes || before.isPresent();
    return new LsnAt(lowerBound, known ? LsnAt.Kind.PAST : LsnAt.Kind.NODATA);
  }

  /** The last commit that ends at a position or before, on the timeline or an ancestor. */
  private Optional<Commit> lastUntil(TimelineMeta timeline, Lsn position) throws IOException {
    var limit = position;
    var node = Optional.of(timeline);
    while (node.isPresent()) {
      var meta = node.get();
      if (branch(meta).files().isMaterialised()) {
        var found = branch(meta).commits().lastUntil(limit);
        if (found.isPresent()) {
          return found;
        }
      }
      limit = limit.isBefore(meta.startLsn()) ? limit : meta.startLsn();
      node = meta.ancestor().flatMap(id -> lookup.find(meta.tenant(), id));
    }
    return Optional.empty();
  }

  private Branch branch(TimelineMeta timeline) {
    return branches.of(timeline.tenant(), timeline.id());
  }
}
