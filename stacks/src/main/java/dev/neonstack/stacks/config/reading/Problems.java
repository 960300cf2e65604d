package dev.neonstack.stacks.config.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Gathers everything that is wrong with a configuration, so that the user sees it at once. */
public final class Problems {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|passphrase|secret|token|conninfo)[^.]*");

  private final List<String> sentences = new ArrayList<>();

  /**
   * Notes a value that is not allowed.
   *
   * @param path the key, such as {@code projects[0].branches[2].parent}
   * @param expected what is allowed
   * @param action what to do, a sentence
   */
  public void wrong(String path, Object value, String expected, String action) {
    var shown = SECRET.matcher(path).matches() ? "a secret" : "'" + value + "'";
    add("%s is %s; expected %s. %s".formatted(path, shown, expected, action));
  }

  /** Notes a list, a map or nothing where something else belongs; what it holds is not shown. */
  public void wrongKind(String path, String kind, String expected, String action) {
    add("%s is %s; expected %s. %s".formatted(path, kind, expected, action));
  }

  public void missing(String path, String expected, String action) {
    add("%s is missing; expected %s. %s".formatted(path, expected, action));
  }

  /** A value that checks itself; what it refuses is noted, and there is none. */
  public <T> Optional<T> checked(String path, Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (IllegalArgumentException e) {
      add("%s: %s.".formatted(path, e.getMessage()));
      return Optional.empty();
    }
  }

  /** Notes something that needs a sentence of its own. */
  public void add(String sentence) {
    sentences.add(sentence);
  }

  /**
   * Does nothing when nothing was noted.
   *
   * @throws InvalidConfigException naming all of it
   */
  public void throwIfAny() {
    if (!sentences.isEmpty()) {
      throw new InvalidConfigException(
          "%d problem%s in the configuration of this stack (keys are under neonstack:); nothing was changed%n  - %s"
              .formatted(
                  sentences.size(),
                  sentences.size() == 1 ? "" : "s",
                  String.join(System.lineSeparator() + "  - ", sentences)));
    }
  }
}
