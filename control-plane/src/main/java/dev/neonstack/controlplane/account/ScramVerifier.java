package dev.neonstack.controlplane.account;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Makes what PostgreSQL stores in place of a password: {@code SCRAM-SHA-256$iterations:salt$stored
 * key:server key} (RFC 5802 and 7677). So that a password never travels to the server. Passwords
 * are prepared as PostgreSQL and its clients do it.
 */
public final class ScramVerifier {
  private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
  private static final int ITERATIONS = 4096;
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Pattern VERIFIER =
      Pattern.compile("SCRAM-SHA-256\\$(?<iterations>[0-9]{1,7}):(?<salt>[A-Za-z0-9+/=]+)\\$.+");

  private ScramVerifier() {}

  public static String of(String password) {
    return of(password, ScramFunctions.salt(SALT_BYTES, RANDOM), ITERATIONS);
  }

  static String of(String password, byte[] salt, int iterations) {
    var salted =
        ScramFunctions.saltedPassword(
            SHA_256,
            StringPreparation.POSTGRESQL_PREPARATION,
            password.toCharArray(),
            salt,
            iterations);
    var clientKey = ScramFunctions.clientKey(SHA_256, salted);
    var base64 = Base64.getEncoder();
    return "SCRAM-SHA-256$%d:%s$%s:%s"
        .formatted(
            iterations,
            base64.encodeToString(salt),
            base64.encodeToString(ScramFunctions.storedKey(SHA_256, clientKey)),
            base64.encodeToString(ScramFunctions.serverKey(SHA_256, salted)));
  }

  /** Whether PostgreSQL would let somebody in with this password. */
  public static boolean matches(String password, String verifier) {
    var parts = VERIFIER.matcher(verifier);
    if (!parts.matches()) {
      return false;
    }
    var salt = Base64.getDecoder().decode(parts.group("salt"));
    var again = of(password, salt, Integer.parseInt(parts.group("iterations")));
    return MessageDigest.isEqual(
        again.getBytes(StandardCharsets.US_ASCII), verifier.getBytes(StandardCharsets.US_ASCII));
  }
}
