package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.TimelineMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the data directory of a timeline that was only a pair of parent and LSN so far. */
final class Materialiser {
  private final History.Finder histories;
  private final ServerUser user;

  Materialiser(History.Finder histories, ServerUser user) {
    this.histories = histories;
    this.user = user;
  }

  /** Leaves either nothing or a complete directory, whatever happens meanwhile. */
  void materialise(TimelineMeta timeline, BranchDirectory files) {
    var finished = files.live().root();
    var temporary = Trees.temporary(finished);
    try {
      try {
        Files.createDirectories(files.root());
        build(timeline, new LiveDirectory(temporary));
        user.own(files.root());
        Trees.publish(temporary, finished);
      } finally {
        Trees.delete(temporary);
      }
    } catch (IOException e) {
      var what = "make the data of branch " + timeline.id();
      if (DiskFull.isMeantBy(e.getMessage())) {
        throw DiskFull.whileDoing(what, files.root(), e);
      }
      throw new ComputeFailed("cannot " + what + ": " + e.getMessage(), e);
    }
  }

  private void build(TimelineMeta timeline, LiveDirectory live) throws IOException {
    var history = histories.of(timeline, timeline.startLsn());
    Trees.copy(history.base().data(), live.data());
    Files.createDirectories(live.wal().resolve("archive_status"));
    Files.createSymbolicLink(live.data().resolve("pg_wal"), Path.of("..", "wal"));
    var cut = WalCut.at(history.base().redo(), history.wal(), Optional.of(timeline.startLsn()));
    cut.takeOver(history.wal(), live.wal());
    ControlFile.requireRecovery(live.data(), cut.capacity());
    new Origin(cut.end(), cut.last(), history.base().lsn()).write(live.root());
    if (cut.subscribes() || LiveDirectory.subscribes(history.base().data())) {
      live.setSubscribed();
    }
    live.setUnproved();
  }
}
