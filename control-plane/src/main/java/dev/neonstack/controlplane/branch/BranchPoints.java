package dev.neonstack.controlplane.branch;

import dev.neonstack.controlplane.account.Accounts;
import dev.neonstack.controlplane.branch.Heads.Start;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Lsn;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Settles where a branch starts, before it is made: the position is always sent, as a repeat
 * without it would start somewhere else, and one above the head would wait for minutes.
 */
final class BranchPoints {
  private final Storage storage;
  private final Heads heads;
  private final Clock clock;

  BranchPoints(Storage storage, Accounts accounts, Clock clock) {
    this.storage = storage;
    this.heads = new Heads(storage, accounts);
    this.clock = clock;
  }

  /** Where the branch starts, and what it holds there where its parent can tell: at its head. */
  Start start(Branch parent, NewBranch wanted) {
    return wanted.parentLsn().isEmpty() && wanted.parentTimestamp().isEmpty()
        ? heads.start(parent)
        : new Start(
            resolve(parent, wanted.parentLsn(), wanted.parentTimestamp()), Optional.empty());
  }

  private Lsn resolve(Branch parent, Optional<Lsn> lsn, Optional<Instant> timestamp) {
    if (lsn.isPresent() && timestamp.isPresent()) {
      throw Problem.invalid("parent_lsn and parent_timestamp are both given; give one of them");
    }
    if (timestamp.isPresent()) {
      return at(parent, timestamp.get());
    }
    var range = storage.range(parent.project(), parent.id());
    var aligned = lsn.get().aligned();
    if (!range.holds(aligned) && !range.holds(lsn.get())) {
      throw Problem.refused(
          "parent_lsn is %s; expected %s to %s, what branch %s holds"
              .formatted(lsn.get(), range.lowest(), range.head(), parent.label()));
    }
    return aligned;
  }

  private Lsn at(Branch parent, Instant time) {
    if (time.isAfter(clock.instant())) {
      throw Problem.refused(
          "parent_timestamp is %s, which is in the future; leave it out to start at the head"
              .formatted(time));
    }
    var found = storage.lsnAt(parent.project(), parent.id(), time);
    return switch (found.kind()) {
      case PRESENT, FUTURE -> found.lsn().aligned();
      case PAST ->
          throw Problem.refused(
              "parent_timestamp is %s, which is before the history that branch %s holds"
                      .formatted(time, parent.label())
                  + "; give a later one, or branch from its parent");
      case NODATA ->
          throw Problem.refused(
              "parent_timestamp is %s, and branch %s has no commits to find it by; give parent_lsn"
                  .formatted(time, parent.label()));
    };
  }
}
