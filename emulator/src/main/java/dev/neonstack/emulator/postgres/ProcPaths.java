package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What Linux tells of processes. */
final class ProcPaths {
  static final boolean AVAILABLE = Files.isDirectory(Path.of("/proc/self/fd"));

  private ProcPaths() {}

  /** Empty when the process does not exist or is but a zombie. */
  static Optional<Path> workingDirectory(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
