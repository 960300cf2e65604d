package dev.neonstack.neon.controlplane;

import dev.neonstack.neon.TimelineId;
import java.util.Optional;

/**
 * A role of a branch, with its password where that is known.
 *
 * @param branch the branch it belongs to
 * @param name its name in PostgreSQL
 * @param password secret: never print it; absent where it was set by SQL
 */
public record Role(TimelineId branch, String name, Optional<String> password) {

  @Override
  public String toString() {
    return "Role[branch=" + branch + ", name=" + name + ", password=(hidden)]";
  }
}
