package dev.neonstack.controlplane.catalog;

import java.time.Instant;

/**
 * A role in the catalog.
 *
 * @param name its name
 * @param password secret; kept for connection strings
 * @param scramVerifier what PostgreSQL stores of it; secret
 * @param createdAt when it came into the catalog
 * @param updatedAt when its password last changed
 */
public record RoleEntry(
    String name, String password, String scramVerifier, Instant createdAt, Instant updatedAt) {

  @Override
  public String toString() {
    return "RoleEntry[name=" + name + ", password=(hidden), scramVerifier=(hidden)]";
  }
}
