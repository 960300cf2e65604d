package dev.neonstack.neon;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The form that all ids of Neon's storage share: 16 bytes in hexadecimal. */
final class HexId {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private HexId() {}

  static String check(String what, String value) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is missing; expected 32 hexadecimal digits");
    }
    var folded = value.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(folded).matches()) {
      throw new IllegalArgumentException(
          what + " is '" + value + "'; expected 32 hexadecimal digits");
    }
    return folded;
  }

  static String random() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
