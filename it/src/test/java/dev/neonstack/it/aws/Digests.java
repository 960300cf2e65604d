package dev.neonstack.it.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of texts and files. */
final class Digests {
  private Digests() {}

  static String of(String text) {
    return of(text.getBytes(UTF_8));
  }

  private static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String ofFile(Path file) {
    try {
      return of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the names and contents of all files in a folder. */
  static String ofFolder(Path folder) {
    try (var files = Files.walk(folder)) {
      var all = new StringBuilder();
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(file -> all.append(folder.relativize(file)).append(ofFile(file)));
      return of(all.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
