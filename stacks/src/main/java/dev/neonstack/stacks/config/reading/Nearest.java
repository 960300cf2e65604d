package dev.neonstack.stacks.config.reading;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the allowed words a mistyped one was meant to be. */
public final class Nearest {
  private Nearest() {}

  /** A question naming the nearest word, or the fallback when none is near. */
  public static String hint(String word, Collection<String> allowed, String fallback) {
    return of(word, allowed).map(near -> "Did you mean '" + near + "'?").orElse(fallback);
  }

  static Optional<String> of(String word, Collection<String> allowed) {
    var typed = word.toLowerCase(Locale.ROOT);
    return allowed.stream()
        .filter(
            candidate ->
                distance(typed, candidate.toLowerCase(Locale.ROOT)) <= 1 + candidate.length() / 4)
        .min(
            Comparator.comparingInt(
                candidate -> distance(typed, candidate.toLowerCase(Locale.ROOT))));
  }

  /** Levenshtein distance. */
  private static int distance(String from, String to) {
    var row = new int[to.length() + 1];
    for (var column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (var line = 1; line <= from.length(); line++) {
      var diagonal = row[0];
      row[0] = line;
      for (var column = 1; column <= to.length(); column++) {
        var substitute = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(substitute, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
