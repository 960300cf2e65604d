package dev.neonstack.cli.stack;

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
    return "{\"steps\": [" + String.join(", ", steps) + "]}";
  }

  /** What the engine says at its end of a step that keeps something. */
  static String event(String step) {
    return "{\"resOutputsEvent\": {\"metadata\": %s}}%n"
        .formatted(step.replaceFirst("\"newState\": ", "\"new\": "));
  }
}
