package dev.neonstack.components.neon.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The shell scripts that run in pods, kept as resources so that tests run the very same. */
final class Scripts {
  private Scripts() {}

  static String read(String name) {
    try (var in = Scripts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no script " + name + " beside " + Scripts.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
