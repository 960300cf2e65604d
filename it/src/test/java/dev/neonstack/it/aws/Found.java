package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.it.standin.Wire;
import java.util.ArrayList;
import java.util.List;

/** A value in a set of inputs, and the path to it. */
record Found(String path, JsonNode value) {

  /**
   * The values at a path such as {@code rules[].status}; one that is unknown stands for all below.
   */
  static List<Found> in(JsonNode inputs, String path) {
    var found = new ArrayList<Found>();
    descend(new Found("", inputs), List.of(path.split("\\.")), found);
    return found;
  }

  private static void descend(Found here, List<String> steps, List<Found> found) {
    var value = Wire.revealed(here.value);
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    if (steps.isEmpty() || (value.isTextual() && Wire.hasUnknown(value))) {
      found.add(new Found(here.path, value));
      return;
    }
    var name = steps.get(0).replace("[]", "");
    var rest = steps.subList(1, steps.size());
    var next = Wire.revealed(value.path(name));
    var path = here.path.isEmpty() ? name : here.path + "." + name;
    if (steps.get(0).endsWith("[]") && next.isArray()) {
      for (var i = 0; i < next.size(); i++) {
        descend(new Found(path + "[" + i + "]", next.get(i)), rest, found);
      }
    } else {
      descend(new Found(path, next), rest, found);
    }
  }

  boolean isKnown() {
    return !Wire.hasUnknown(value);
  }

  /** Whether there is nothing in it. */
  boolean isEmpty() {
    return value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty();
  }
}
