package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A timeline's files with what is remembered about them, and the lock that start and stop take. */
final class Branch {
  private final BranchDirectory files;
  private final ReentrantLock lock = new ReentrantLock();
  private final WalHead head;
  private Optional<CommitIndex> commits = Optional.empty();
  private Lsn reported = Lsn.ZERO;
  private Optional<Long> inheritedSize = Optional.empty();
  private Sizes sizes = new Sizes(Optional.empty(), 0, 0);

  private record Sizes(Optional<Lsn> at, long logical, long physical) {}

  Branch(BranchDirectory files) {
    this.files = files;
    this.head = new WalHead(files.live());
  }

  BranchDirectory files() {
    return files;
  }

  ReentrantLock lock() {
    return lock;
  }

  /** The end of the last record; it never goes back. */
  synchronized Lsn head(TimelineMeta timeline) throws IOException {
    var found = files.isMaterialised() ? head.advance() : timeline.startLsn();
    for (var candidate : new Lsn[] {found, timeline.startLsn()}) {
      reported = candidate.isAfter(reported) ? candidate : reported;
    }
    return reported;
  }

  /** The commits of this timeline itself, up to now. */
  synchronized CommitIndex commits() throws IOException {
    if (commits.isEmpty()) {
      commits = Optional.of(new CommitIndex(files::segment, firstRecord()));
    }
    commits.get().advance();
    return commits.get();
  }

  /** Makes {@link #commits} read from the beginning, as the WAL begins later now. */
  synchronized void walWasDropped() {
    commits = Optional.empty();
  }

  /** A record from which on no segment was dropped. */
  private Lsn firstRecord() throws IOException {
    var gapless = files.live().firstGaplessSegment();
    var start = files.live().origin().start();
    if (WalLayout.segment(WalLayout.recordStart(start)) >= gapless) {
      return start;
    }
    for (var base : files.ownBases()) {
      var redo = base.redo();
      if (WalLayout.segment(redo) >= gapless) {
        return redo;
      }
    }
    return ControlFile.read(files.live().data()).redo();
  }

  /** What a branch without files of its own starts with; looked for once, as it never changes. */
  synchronized long inheritedSize(PostgresTimelineData.Reading<Long> search) throws IOException {
    if (inheritedSize.isEmpty()) {
      inheritedSize = Optional.of(search.read());
    }
    return inheritedSize.get();
  }

  synchronized long logicalSize(TimelineMeta timeline) throws IOException {
    return measured(timeline).logical();
  }

  synchronized long physicalSize(TimelineMeta timeline) throws IOException {
    return measured(timeline).physical();
  }

  /** Measured again only when something was written since. */
  private Sizes measured(TimelineMeta timeline) throws IOException {
    var now = Optional.of(head(timeline));
    if (!sizes.at().equals(now)) {
      var data = files.live().data();
      sizes =
          new Sizes(
              now,
              Trees.size(data.resolve("base")) + Trees.size(data.resolve("global")),
              Trees.size(files.root()));
    }
    return sizes;
  }
}
