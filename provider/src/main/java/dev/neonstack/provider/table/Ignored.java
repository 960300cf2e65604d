package dev.neonstack.provider.table;

import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The property paths whose changes the user wants to be left alone. */
final class Ignored {
  private static final Pattern STEP =
      Pattern.compile("\\[\"((?:[^\"\\\\]|\\\\.)*)\"]|([^.\\[\\]]+)");

  private Ignored() {}

  /** The new inputs with the old values where changes are to be ignored. */
  static Props restore(Props olds, Props news, List<String> paths) {
    var restored = news;
    for (var path : paths) {
      restored = restoreAt(olds, restored, steps(path));
    }
    return restored;
  }

  private static List<String> steps(String path) {
    return STEP.matcher(path)
        .results()
        .map(step -> step.group(1) == null ? step.group(2) : step.group(1))
        .toList();
  }

  private static Props restoreAt(Props olds, Props news, List<String> steps) {
    if (steps.isEmpty()) {
      return news;
    }
    var name = steps.get(0);
    if (name.equals("*")) {
      return olds;
    }
    if (steps.size() == 1 || steps.get(1).equals("*")) {
      return news.toBuilder().put(name, olds.marked(name)).build();
    }
    var fields = new LinkedHashMap<>(fields(news.get(name)));
    var old = fields(olds.get(name)).get(steps.get(1));
    if (old == null) {
      fields.remove(steps.get(1));
    } else {
      fields.put(steps.get(1), old);
    }
    return news.toBuilder()
        .put(name, fields.isEmpty() ? Value.Null.VALUE : new Fields(fields))
        .build();
  }

  private static Map<String, Value> fields(Value value) {
    return value instanceof Fields fields ? fields.values() : Map.of();
  }
}
