package dev.neonstack.controlplane.branch;

import dev.neonstack.controlplane.account.Accounts;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.Contents.Known;
import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.neon.Lsn;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Heads of branches and what the branches hold there, so that a child which starts at one need not
 * run Postgres to tell its roles and databases.
 */
final class Heads {
  private static final int REMEMBERED = 1_000;

  private final Storage storage;
  private final Accounts accounts;
  private final Map<BranchKey, Start> seen =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<BranchKey, Start> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * Where a branch starts.
   *
   * @param held what its data holds there; absent where only its own Postgres can tell
   */
  record Start(Lsn lsn, Optional<Contents> held) {}

  Heads(Storage storage, Accounts accounts) {
    this.storage = storage;
    this.accounts = accounts;
  }

  /**
   * A start at the head of the branch. What it holds is as seen when nothing was written since, or
   * what two looks agree on, one before and one after the head was asked for. A child of a
   * protected branch gets passwords of its own, for which its Postgres has to run.
   */
  Start start(Branch parent) {
    var head = head(parent);
    if (parent.protectedBranch()) {
      return new Start(head, Optional.empty());
    }
    if (parent.contents().known() == Known.EXACTLY) {
      return new Start(head, unchanged(parent.key(), parent.contents()));
    }
    var remembered = seen.get(parent.key());
    if (remembered != null && remembered.lsn().equals(head)) {
      return remembered;
    }
    var before = accounts.glance(parent.key());
    if (before.isEmpty()) {
      return new Start(head, before);
    }
    var start = new Start(head(parent), before);
    if (start.lsn().equals(head)) {
      seen.put(parent.key(), start);
      return start;
    }
    return new Start(start.lsn(), unchanged(parent.key(), before.get()));
  }

  private Optional<Contents> unchanged(BranchKey branch, Contents before) {
    return accounts.glance(branch).filter(now -> now.sameLists(before));
  }

  private Lsn head(Branch branch) {
    return storage.range(branch.project(), branch.id()).head().aligned();
  }
}
