package dev.neonstack.neon.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Keys as text. */
final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  static String encode(String label, byte[] key) {
    var lines =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  /** What is inside; the message of a failure does not hold it. */
  static byte[] decode(String label, String pem) {
    var block =
        Pattern.compile(
            "\\s*-----BEGIN "
                + label
                + "-----\\s([A-Za-z0-9+/=\\s]+)-----END "
                + label
                + "-----\\s*");
    var match = block.matcher(pem);
    if (!match.matches()) {
      throw new IllegalArgumentException("a key is not one PEM block '" + label + "'");
    }
    return Base64.getMimeDecoder().decode(match.group(1));
  }
}
