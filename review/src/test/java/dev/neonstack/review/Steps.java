package dev.neonstack.review;

/** Steps of previews, as the engine writes them. */
public final class Steps {
  private static final String STEP =
      """
      - op: %1$s
        urn: "%2$s"
        diffReasons: [%3$s]
        oldState: {urn: "%2$s", custom: true, type: "%4$s", inputs: {%5$s}}
        newState: {urn: "%2$s", custom: true, type: "%4$s", inputs: {%6$s}}
      """;

  private Steps() {}

  /** The preview of these steps, under a configuration that names the branches of one project. */
  public static Preview preview(String branches, String... steps) {
    return Preview.read(Sample.yaml(text(branches, steps)));
  }

  /** The same as the engine writes it. */
  public static String document(String branches, String... steps) {
    return Sample.yaml(text(branches, steps)).toString();
  }

  private static String text(String branches, String... steps) {
    return """
        config:
          neonstack:projects: '[{"name": "demo", "branches": [%s]}]'
        steps:%s
        %s"""
        .formatted(branches, steps.length == 0 ? " []" : "", String.join("", steps));
  }

  /** What happens to a branch of project demo. */
  public static String branch(String operation, String name, String before, String after) {
    return step(operation, "neonstack:index:Branch", "demo/" + name, "", before, after);
  }

  /** What happens to a resource; its properties are given as in YAML, those that differ by name. */
  public static String step(
      String operation, String type, String name, String changed, String before, String after) {
    var urn = "urn:pulumi:x::neonstack::" + type + "::" + name;
    var step = STEP.formatted(operation, urn, changed, type, before, after);
    if (operation.equals("delete")) {
      return step.replaceAll("(?m)^ *newState.*\n", "");
    }
    return operation.equals("create") ? step.replaceAll("(?m)^ *oldState.*\n", "") : step;
  }
}
