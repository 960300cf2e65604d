package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.io.IOException;

/** The end of a timeline's WAL, followed from the files while a server writes them. */
final class WalHead {
  private final LiveDirectory live;
  private Lsn position = Lsn.ZERO;
  private Lsn previous = Lsn.ZERO;

  WalHead(LiveDirectory live) {
    this.live = live;
  }

  synchronized Lsn advance() throws IOException {
    if (position.equals(Lsn.ZERO)) {
      position = ControlFile.read(live.data()).checkpoint();
    }
    WalSource source = number -> BranchDirectory.existing(live.wal(), number);
    try (var reader = new WalReader(source, position, previous)) {
      while (reader.next().isPresent()) {
        position = reader.position();
        previous = reader.previous();
      }
    }
    return position;
  }
}
