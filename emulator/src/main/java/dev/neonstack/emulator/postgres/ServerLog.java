package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a server wrote to its log since a start. */
record ServerLog(Path file, long begin) {
  private static final long ROTATE_BYTES = 16 << 20;
  private static final long TAIL_BYTES = 16 << 10;
  private static final int SHOWN_LINES = 6;

  /** Begins here; a log that has grown large is emptied first. */
  static ServerLog from(Path file) throws IOException {
    if (Files.size(file) > ROTATE_BYTES) {
      Files.copy(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      Files.write(file, new byte[0]);
    }
    return new ServerLog(file, Files.size(file));
  }

  String text() {
    try (var input = new RandomAccessFile(file.toFile(), "r")) {
      input.seek(begin);
      var bytes = new byte[(int) Math.min(input.length() - begin, ROTATE_BYTES)];
      input.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The last line of a log that says something. */
  static Optional<String> lastLine(Path file) {
    try {
      var tail = new ServerLog(file, Math.max(0, Files.size(file) - TAIL_BYTES)).text();
      return tail.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce((a, b) -> b);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean says(String words) {
    return text().contains(words);
  }

  /** The last lines, on one. */
  String end() {
    var lines = text().lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - SHOWN_LINES))
        .map(String::strip)
        .collect(Collectors.joining("; "));
  }
}
