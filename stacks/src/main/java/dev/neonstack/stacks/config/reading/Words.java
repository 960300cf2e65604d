package dev.neonstack.stacks.config.reading;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words of a configuration that stand for the constants of an enum. */
public final class Words {
  private Words() {}

  /** A constant as a word, such as {@code per-zone}. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant the word stands for; {@code absent} when there is no word or a wrong one. */
  public static <E extends Enum<E>> E choice(
      Problems problems, String path, Optional<String> word, E absent, List<E> constants) {
    if (word.isEmpty()) {
      return absent;
    }
    var found = constants.stream().filter(constant -> of(constant).equals(word.get())).findFirst();
    if (found.isEmpty()) {
      var words = constants.stream().map(Words::of).toList();
      problems.wrong(
          path,
          word.get(),
          "one of " + String.join(", ", words),
          Nearest.hint(word.get(), words, "Choose one."));
    }
    return found.orElse(absent);
  }
}
