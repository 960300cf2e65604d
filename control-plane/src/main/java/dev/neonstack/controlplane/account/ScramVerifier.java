package dev.neonstack.controlplane.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes what PostgreSQL stores in place of a password: {@code SCRAM-SHA-256$iterations:salt$stored
 * key:server key} (RFC 5802 and 7677). So that a password never travels to the server.
 */
public final class ScramVerifier {
  private static final int ITERATIONS = 4096;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BITS = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Pattern VERIFIER =
      Pattern.compile("SCRAM-SHA-256\\$(?<iterations>[0-9]{1,7}):(?<salt>[A-Za-z0-9+/=]+)\\$.+");

  private ScramVerifier() {}

  public static String of(String password) {
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return of(password, salt, ITERATIONS);
  }

  static String of(String password, byte[] salt, int iterations) {
    try {
      var salted = salted(password, salt, iterations);
      var clientKey = hmac(salted, "Client Key");
      var storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      var serverKey = hmac(salted, "Server Key");
      var base64 = Base64.getEncoder();
      return "SCRAM-SHA-256$%d:%s$%s:%s"
          .formatted(
              iterations,
              base64.encodeToString(salt),
              base64.encodeToString(storedKey),
              base64.encodeToString(serverKey));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  /** Whether PostgreSQL would let somebody in with this password. */
  static boolean matches(String password, String verifier) {
    var parts = VERIFIER.matcher(verifier);
    if (!parts.matches()) {
      return false;
    }
    var salt = Base64.getDecoder().decode(parts.group("salt"));
    var again = of(password, salt, Integer.parseInt(parts.group("iterations")));
    return MessageDigest.isEqual(
        again.getBytes(StandardCharsets.US_ASCII), verifier.getBytes(StandardCharsets.US_ASCII));
  }

  /** Passwords are compared after compatibility composition, as SASLprep has it. */
  private static byte[] salted(String password, byte[] salt, int iterations)
      throws GeneralSecurityException {
    var normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
    var key = new PBEKeySpec(normal.toCharArray(), salt, iterations, KEY_BITS);
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }
}
