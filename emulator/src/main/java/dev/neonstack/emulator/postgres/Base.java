package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.file.Path;

/** A data directory, without WAL, that was cleanly shut down at an LSN. It is never written to. */
record Base(Lsn lsn, Path data) {
  /** Where the recovery of a copy begins. */
  Lsn redo() throws IOException {
    return ControlFile.read(data).redo();
  }
}
