package dev.neonstack.components.aws.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes tags that say what went into an image. A repository takes every tag once, so that something
 * else needs another tag and the same thing keeps its own.
 */
final class ContentTag {
  private static final int DIGITS = 12;

  private ContentTag() {}

  static String of(String start, List<String> contents) {
    var sum = sum();
    for (var content : contents) {
      sum.update(content.getBytes(UTF_8));
      sum.update((byte) 0);
    }
    return start + "-" + hex(sum.digest()).substring(0, DIGITS);
  }

  /** Stands for a file among the contents. */
  static String checksum(byte[] file) {
    return hex(sum().digest(file));
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static MessageDigest sum() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }
}
