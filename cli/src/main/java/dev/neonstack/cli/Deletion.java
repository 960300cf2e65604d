package dev.neonstack.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** Deletes folders, and says every few seconds how far it is. */
final class Deletion {
  static final Duration PAUSE = Duration.ofSeconds(3);

  private final PrintStream err;
  private final Duration pause;
  private Instant said = Instant.now();
  private long files;

  /** Says nothing more often than that. */
  Deletion(PrintStream err, Duration pause) {
    this.err = err;
    this.pause = pause;
  }

  void of(Path top) throws IOException {
    try (var tree = Files.walk(top)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
        files++;
        if (said.plus(pause).isBefore(Instant.now())) {
          said = Instant.now();
          err.println("neonstack: " + files + " files deleted, at " + path.getParent());
        }
      }
    }
  }
}
