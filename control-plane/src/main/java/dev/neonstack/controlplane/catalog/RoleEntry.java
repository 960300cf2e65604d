package dev.neonstack.controlplane.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A role of a branch, as it was when somebody looked last.
 *
 * @param name its name
 * @param password secret; absent where it was set by SQL
 * @param scramVerifier what PostgreSQL stores of it; secret; absent where the role has no password
 * @param noLogin whether it may not log in
 * @param createdAt when it was first seen
 * @param updatedAt when it was first seen as it is
 */
public record RoleEntry(
    String name,
    Optional<String> password,
    Optional<String> scramVerifier,
    boolean noLogin,
    Instant createdAt,
    Instant updatedAt) {

  @Override
  public String toString() {
    return "RoleEntry[name=" + name + ", password=(hidden), scramVerifier=(hidden)]";
  }
}
