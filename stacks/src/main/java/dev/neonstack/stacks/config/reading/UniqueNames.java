package dev.neonstack.stacks.config.reading;

import java.util.HashMap;
import java.util.Map;

/** Notices a name that is given twice among things of one kind. */
public final class UniqueNames {
  private final String kind;
  private final String scope;
  private final Problems problems;
  private final Map<String, String> firstPaths = new HashMap<>();

  public UniqueNames(String kind, String scope, Problems problems) {
    this.kind = kind;
    this.scope = scope;
    this.problems = problems;
  }

  /** An empty name is one that was wrong already. */
  public void add(String name, String path) {
    if (name.isEmpty()) {
      return;
    }
    var first = firstPaths.putIfAbsent(name, path);
    if (first != null) {
      problems.wrong(
          path,
          name,
          "a name no other %s of %s has".formatted(kind, scope),
          "Rename it or remove it; %s has this name already.".formatted(first));
    }
  }
}
