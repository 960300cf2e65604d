package dev.neonstack.controlplane.account;

import dev.neonstack.controlplane.problem.Problem;
import java.security.SecureRandom;
import java.util.Base64;

/** Draws passwords and judges given ones. */
public final class Passwords {
  private static final int DRAWN_BYTES = 24;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  /** 32 characters that need no escaping in a URL. */
  public static String draw() {
    var bytes = new byte[DRAWN_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Refuses what no client could send; the message does not hold the password. */
  static String check(String password) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw Problem.invalid(
          "password has %d characters; expected %d to %d"
              .formatted(password.length(), SHORTEST, LONGEST));
    }
    if (password.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid("password holds a control character; leave it out");
    }
    return password;
  }
}
