package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes bases of a timeline, so that its branches need not replay its whole history. */
final class Bases {
  private static final Logger LOG = LoggerFactory.getLogger(Bases.class);

  /** So much WAL replays in a fraction of a second. */
  private static final long WORTHWHILE_BYTES = 16 << 20;

  private Bases() {}

  /**
   * Takes a base of a timeline whose server is stopped, when replay from the last one has become
   * long, both for itself and against the size of a copy.
   */
  static void takeIfWorthwhile(BranchDirectory files) {
    try {
      var data = files.live().data();
      var control = ControlFile.read(data);
      if (!control.shutDown() || !files.live().isProved()) {
        return;
      }
      var replay = control.redo().value() - last(files).value();
      if (replay > WORTHWHILE_BYTES && replay > Trees.size(data) / 2) {
        take(files, control);
      }
    } catch (IOException e) {
      LOG.warn("No base of {} was taken: {}", files.root(), e.getMessage());
    }
  }

  private static Lsn last(BranchDirectory files) throws IOException {
    var own = files.ownBases().stream().map(Base::lsn).max(Comparator.naturalOrder());
    return own.isPresent() ? own.get() : files.live().origin().base();
  }

  private static void take(BranchDirectory files, ControlFile control) throws IOException {
    var end = WalCut.at(control.redo(), files::segment, Optional.empty()).end();
    var finished = files.base(end);
    Files.createDirectories(files.bases());
    var temporary = Trees.temporary(finished);
    try {
      Trees.copy(files.live().data(), temporary);
      Files.delete(temporary.resolve("pg_wal"));
      for (var file : new String[] {"postmaster.opts", "server.crt", "server.key"}) {
        Files.deleteIfExists(temporary.resolve(file));
      }
      for (var part : new String[] {"pg_stat", "pg_replslot"}) {
        for (var path : Trees.list(temporary.resolve(part))) {
          Trees.delete(path);
        }
      }
      Trees.sync(temporary);
      Trees.publish(temporary, finished);
    } finally {
      Trees.delete(temporary);
    }
  }
}
