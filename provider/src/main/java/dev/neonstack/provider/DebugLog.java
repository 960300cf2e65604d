package dev.neonstack.provider;

import dev.neonstack.local.client.LocalPaths;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * Stack traces, for whoever mends the provider; users get a sentence instead. The file before the
 * present one is kept, as {@code provider.log.1}.
 */
final class DebugLog {
  private static final long FULL_BYTES = 1L << 20;

  private DebugLog() {}

  static Path file() {
    return LocalPaths.fromEnvironment(System.getenv()).cacheDir().resolve("provider.log");
  }

  static synchronized void write(String what, Throwable failure) {
    var text = new StringWriter();
    try (var out = new PrintWriter(text)) {
      out.println(Instant.now() + " " + what);
      failure.printStackTrace(out);
    }
    try {
      append(file(), text.toString());
    } catch (IOException e) {
      // A log that cannot be written must not fail what it tells of.
      return;
    }
  }

  static void append(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file) && Files.size(file) > FULL_BYTES) {
      var previous = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, previous, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(
        file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
