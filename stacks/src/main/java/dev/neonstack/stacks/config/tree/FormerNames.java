package dev.neonstack.stacks.config.tree;

import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What things of one kind were called before. It may stay in the configuration: a name that is
 * found in the state counts before any former one. So no two things may have a claim to one name.
 */
final class FormerNames {
  static final String KEY = "renamedFrom";

  private final String kind;
  private final String scope;
  private final Problems problems;
  private final Map<String, String> declared = new HashMap<>();
  private final Map<String, List<String>> formerByPath = new LinkedHashMap<>();

  FormerNames(String kind, String scope, Problems problems) {
    this.kind = kind;
    this.scope = scope;
    this.problems = problems;
  }

  /** The former names of something, newest first. */
  static List<String> read(Section section) {
    var names = section.textOrList(KEY);
    if (names.contains("")) {
      section.problems().wrong(section.path(KEY), "", "the name it had before", "Write it.");
    }
    return names.stream().filter(name -> !name.isEmpty()).distinct().toList();
  }

  /** Notes a thing; an empty name is one that was wrong already. */
  void add(String name, String path, List<String> formerNames) {
    if (!name.isEmpty()) {
      declared.putIfAbsent(name, path);
    }
    formerByPath.put(path, formerNames);
  }

  /** Looks at all of them together. */
  void check() {
    var claims = new HashMap<String, List<String>>();
    formerByPath.forEach(
        (path, names) -> {
          for (var name : names) {
            var holder = declared.get(name);
            if (path.equals(holder)) {
              itself(path, name);
            } else if (holder != null) {
              declaredToo(path, name, holder);
            }
            claims.computeIfAbsent(name, key -> new ArrayList<>()).add(path);
          }
        });
    claims.forEach(
        (name, paths) -> {
          if (paths.size() > 1) {
            problems.add(
                "%s is '%s' in both %s; expected one %s for each former name. Remove one."
                    .formatted(KEY, name, String.join(" and ", paths), kind));
          }
        });
  }

  private void itself(String path, String name) {
    problems.wrong(
        path + "." + KEY,
        name,
        "the name it had before, not the one it has",
        "Remove it, or write the former name.");
  }

  private void declaredToo(String path, String name, String holder) {
    problems.wrong(
        path + "." + KEY,
        name,
        "a name that no %s of %s has any more, and %s has it".formatted(kind, scope, holder),
        "Remove it if the rename is done; to exchange names, give one a third name and run up"
            + " first.");
  }
}
