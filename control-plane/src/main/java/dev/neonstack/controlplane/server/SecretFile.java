package dev.neonstack.controlplane.server;

import dev.neonstack.neon.http.Endpoints;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what stands alone in a file and must not be shown. */
final class SecretFile {
  private SecretFile() {}

  /**
   * What the file holds, without the line end behind it.
   *
   * @throws IllegalArgumentException when that cannot be read or cannot stand in a header; the
   *     message says why and shows neither the file's name nor its content
   */
  static String read(Path file) {
    return Endpoints.token("its content", Optional.of(content(file))).orElseThrow();
  }

  /**
   * All that the file holds.
   *
   * @throws IllegalArgumentException when that cannot be read; the message says why, and shows
   *     neither the file's name nor its content
   */
  static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("it does not exist", e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is no text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "it cannot be read (%s)".formatted(e.getClass().getSimpleName()), e);
    }
  }
}
