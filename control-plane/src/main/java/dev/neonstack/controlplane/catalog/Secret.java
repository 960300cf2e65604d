package dev.neonstack.controlplane.catalog;

import java.time.Instant;

/**
 * A password and what PostgreSQL stores of it, so that the password is known of whichever role has
 * that verifier, at any moment of a branch's history.
 *
 * @param role whose it is
 * @param password secret
 * @param verifier secret
 * @param since when it was made
 */
public record Secret(String role, String password, String verifier, Instant since) {

  @Override
  public String toString() {
    return "Secret[role=" + role + ", password=(hidden), verifier=(hidden)]";
  }
}
