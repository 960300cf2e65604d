package dev.neonstack.controlplane.rest;

import dev.neonstack.controlplane.problem.Problem;
import java.util.Map;

/** What makers of branches write down about them. */
final class Annotations {
  private static final int MOST = 50;
  private static final int LONGEST = 1_000;

  private Annotations() {}

  static Map<String, String> read(Body body, String name) {
    var annotations = body.texts(name);
    if (annotations.size() > MOST) {
      throw Problem.invalid(
          "%s holds %d entries; expected %d at most".formatted(name, annotations.size(), MOST));
    }
    annotations.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > LONGEST || value.length() > LONGEST) {
            throw Problem.invalid(
                "%s holds an entry of %d and %d characters; expected a name of 1 to %d and a value of up to %d"
                    .formatted(name, key.length(), value.length(), LONGEST, LONGEST));
          }
        });
    return annotations;
  }
}
