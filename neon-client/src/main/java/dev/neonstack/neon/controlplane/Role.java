package dev.neonstack.neon.controlplane;

import dev.neonstack.neon.TimelineId;

/**
 * A role of a branch, with its password.
 *
 * @param branch the branch it belongs to
 * @param name its name in PostgreSQL
 * @param password secret: never print it
 */
public record Role(TimelineId branch, String name, String password) {

  @Override
  public String toString() {
    return "Role[branch=" + branch + ", name=" + name + ", password=(hidden)]";
  }
}
