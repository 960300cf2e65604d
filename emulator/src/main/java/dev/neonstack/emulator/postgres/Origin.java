package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a materialised timeline's own WAL begins.
 *
 * @param start the end of the last record taken over from the ancestor
 * @param previous where that record begins
 * @param base the LSN of the base it was made from
 */
record Origin(Lsn start, Lsn previous, Lsn base) {
  private static final String FILE = "origin";

  static Origin read(Path live) throws IOException {
    var lines = Files.readAllLines(live.resolve(FILE));
    return new Origin(Lsn.parse(lines.get(0)), Lsn.parse(lines.get(1)), Lsn.parse(lines.get(2)));
  }

  void write(Path live) throws IOException {
    Files.write(
        live.resolve(FILE), List.of(start.toString(), previous.toString(), base.toString()));
  }
}
