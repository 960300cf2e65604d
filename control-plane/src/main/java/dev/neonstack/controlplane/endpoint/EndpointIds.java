package dev.neonstack.controlplane.endpoint;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Draws ids that people can read out to each other: {@code ep-quiet-river-12345678}. */
public final class EndpointIds {
  private static final List<String> ADJECTIVES =
      List.of(
          "amber",
          "autumn",
          "bold",
          "brisk",
          "calm",
          "clear",
          "cool",
          "crimson",
          "dawn",
          "deep",
          "dry",
          "early",
          "falling",
          "fragrant",
          "frosty",
          "gentle",
          "golden",
          "green",
          "hidden",
          "icy",
          "late",
          "lively",
          "long",
          "lucky",
          "misty",
          "morning",
          "muddy",
          "nameless",
          "patient",
          "plain",
          "polished",
          "proud",
          "quiet",
          "rapid",
          "rough",
          "round",
          "shiny",
          "silent",
          "small",
          "snowy",
          "soft",
          "spring",
          "steep",
          "still",
          "summer",
          "sweet",
          "weathered",
          "white",
          "wild",
          "winter",
          "wispy",
          "young");
  private static final List<String> NOUNS =
      List.of(
          "bird",
          "breeze",
          "brook",
          "bush",
          "butterfly",
          "cell",
          "cherry",
          "cloud",
          "darkness",
          "dew",
          "dream",
          "dust",
          "feather",
          "field",
          "fire",
          "firefly",
          "flower",
          "fog",
          "forest",
          "frog",
          "frost",
          "glade",
          "glitter",
          "grass",
          "haze",
          "hill",
          "lake",
          "leaf",
          "meadow",
          "moon",
          "mountain",
          "night",
          "paper",
          "pine",
          "pond",
          "rain",
          "river",
          "sea",
          "shadow",
          "shape",
          "sky",
          "smoke",
          "snow",
          "sound",
          "star",
          "sun",
          "surf",
          "thunder",
          "tree",
          "violet",
          "water",
          "wave",
          "wind");
  private static final SecureRandom RANDOM = new SecureRandom();

  private EndpointIds() {}

  /** An id that is not taken. */
  static String draw(Predicate<String> taken) {
    while (true) {
      var id = "ep-" + name();
      if (!taken.test(id)) {
        return id;
      }
    }
  }

  /** The part behind the prefix. */
  public static String name() {
    return String.format(
        Locale.ROOT,
        "%s-%s-%08d",
        ADJECTIVES.get(RANDOM.nextInt(ADJECTIVES.size())),
        NOUNS.get(RANDOM.nextInt(NOUNS.size())),
        RANDOM.nextInt(100_000_000));
  }
}
