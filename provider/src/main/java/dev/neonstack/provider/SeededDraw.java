package dev.neonstack.provider;

import dev.neonstack.provider.resource.ResourceHandler.Draw;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** Draws from the engine's seed, so that an update plan holds what was drawn for it. */
final class SeededDraw implements Draw {
  private static final int ID_BYTES = 16;

  private final String urn;
  private final byte[] seed;

  SeededDraw(String urn, byte[] seed) {
    this.urn = urn;
    this.seed = seed.length == 0 ? random() : seed.clone();
  }

  private static byte[] random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  @Override
  public String resourceName() {
    return urn.split("::", 4)[3];
  }

  @Override
  public String hexId() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(seed);
      digest.update(urn.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
