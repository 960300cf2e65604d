package dev.neonstack.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What is remembered of a stack's runs: that one has begun and not ended well, and from what the
 * last one that did was made.
 */
final class RunNotes {
  private final Path unfinished;
  private final Path settled;

  RunNotes(Path dataDir, String stack) {
    var folder = dataDir.resolve("runs");
    this.unfinished = folder.resolve(stack + ".unfinished");
    this.settled = folder.resolve(stack + ".settled");
  }

  /** Whether the last run was cut off or failed, so that the state may not be what is there. */
  boolean isUnfinished() {
    return Files.exists(unfinished);
  }

  void begin() {
    write(unfinished, "");
  }

  void endWell() {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether these files are as they were when the last update had been made. */
  boolean isSettled(List<Path> from) {
    try {
      return !from.isEmpty() && Files.readString(settled).equals(digest(from));
    } catch (IOException unknown) {
      return false;
    }
  }

  void settle(List<Path> from) {
    try {
      if (!from.isEmpty()) {
        write(settled, digest(from));
      }
    } catch (NoSuchFileException madeElsewhere) {
      // Without it the next update is made, whether it changes anything or not.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(List<Path> files) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : files) {
        digest.update((Files.size(file) + "\n").getBytes(UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
