package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What initdb made, kept once for each PostgreSQL version: the base of every root of that version.
 * It is never written to and never deleted.
 */
record Template(Path directory, Lsn initdbLsn) {
  private static final String END = "initdb-lsn";

  static Template read(Path directory) throws IOException {
    return new Template(directory, Lsn.parse(Files.readString(directory.resolve(END))));
  }

  static void writeEnd(Path directory, Lsn end) throws IOException {
    Files.writeString(directory.resolve(END), end.toString());
  }

  Base base() {
    return new Base(initdbLsn, data(directory));
  }

  static Path data(Path directory) {
    return directory.resolve("data");
  }

  static Path wal(Path directory) {
    return directory.resolve("wal");
  }

  Optional<Path> segment(long number) {
    return BranchDirectory.existing(wal(directory), number);
  }
}
