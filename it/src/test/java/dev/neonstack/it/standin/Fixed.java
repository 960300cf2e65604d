package dev.neonstack.it.standin;

import java.util.List;
import java.util.Set;

/**
 * The properties that cannot be changed once a thing is there.
 *
 * @param paths what makes a new thing of it when it changes, with all that is below
 * @param identity what tells it from others: while none of this changes, the old thing has to go
 *     before the new one can come; empty when two can stand side by side
 */
public record Fixed(List<String> paths, List<String> identity) {
  public Fixed {
    paths = List.copyOf(paths);
    identity = List.copyOf(identity);
  }

  boolean holds(String changed) {
    return paths.stream()
        .anyMatch(
            path ->
                changed.equals(path)
                    || changed.startsWith(path + ".")
                    || changed.startsWith(path + "["));
  }

  boolean isSameIdentity(Set<String> changed) {
    return !identity.isEmpty() && identity.stream().noneMatch(changed::contains);
  }
}
