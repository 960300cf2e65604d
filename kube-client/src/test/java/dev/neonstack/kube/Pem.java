package dev.neonstack.kube;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Private keys as files. */
final class Pem {
  private static final int OCTETS = 0x04;

  private Pem() {}

  static String pkcs8(byte[] key) {
    return block("PRIVATE KEY", key);
  }

  /** What is inside PKCS#8 of RSA: 26 bytes of head for the sizes of key that keytool makes. */
  static String pkcs1(Key key) {
    var encoded = key.getEncoded();
    return block("RSA PRIVATE KEY", Arrays.copyOfRange(encoded, 26, encoded.length));
  }

  /** SEC 1, written anew from the number inside, with the name of the curve as OpenSSL does. */
  static String sec1(Key key) {
    var hex = HexFormat.of().formatHex(key.getEncoded());
    var curve = hex.substring(hex.indexOf("06072a8648ce3d0201") + 18);
    var oid = curve.substring(0, 4 + 2 * Integer.parseInt(curve.substring(2, 4), 16));
    var inner = hex.substring(hex.indexOf("020101") + 6);
    var size = Integer.parseInt(inner.substring(2, 4), 16);
    var number = inner.substring(0, 4 + 2 * size);
    if (Integer.parseInt(number.substring(0, 2), 16) != OCTETS) {
      throw new AssertionError(hex);
    }
    var content = "020101" + number + "a0" + "%02x".formatted(oid.length() / 2) + oid;
    var whole = "30" + "%02x".formatted(content.length() / 2) + content;
    return block("EC PRIVATE KEY", HexFormat.of().parseHex(whole));
  }

  private static String block(String label, byte[] der) {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(label, lines.encodeToString(der));
  }
}
