package dev.neonstack.cli.stack;

import java.util.List;

/** Steps of previews, as the engine writes them. */
final class Planned {
  private static final String STATE =
      "{\"urn\": \"%1$s\", \"custom\": true, \"type\": \"%2$s\", \"inputs\": %3$s}";

  private Planned() {}

  static String branch(String operation, String name) {
    return step(
        operation, "neonstack:index:Branch", "demo/" + name, "{\"name\": \"" + name + "\"}");
  }

  static String step(String operation, String type, String name, String inputs) {
    var urn = "urn:pulumi:x::neonstack::" + type + "::" + name;
    var state = STATE.formatted(urn, type, inputs);
    return "{\"op\": \"%s\", \"urn\": \"%s\"%s%s}"
        .formatted(
            operation,
            urn,
            operation.equals("create") ? "" : ", \"oldState\": " + state,
            operation.equals("delete") ? "" : ", \"newState\": " + state);
  }

  static String document(String... steps) {
    return document("{}", List.of(steps));
  }

  /** With the configuration of the stack, as JSON. */
  static String document(String configuration, List<String> steps) {
    return "{\"config\": %s, \"steps\": [%s]}".formatted(configuration, String.join(", ", steps));
  }

  /** What the engine says at the end of a step that keeps or makes something. */
  static String event(String step) {
    return "{\"resOutputsEvent\": {\"metadata\": %s}}%n"
        .formatted(step.replaceFirst("\"newState\": ", "\"new\": "));
  }
}
