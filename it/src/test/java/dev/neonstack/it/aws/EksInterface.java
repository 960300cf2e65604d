package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.it.standin.Problems;
import dev.neonstack.it.standin.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What pulumi-eks takes: {@code eks.yaml}, which has names and types and whether a value is plain.
 */
final class EksInterface {
  private static final String REQUIRED = "required ";
  private static final String PLAIN = "plain ";
  private static final String LIST = "list of ";
  private static final String MAP = "map of ";
  private static final String CHOICE = "one of ";

  private final JsonNode all = AwsType.resource("eks.yaml");

  boolean knows(String component) {
    return all.path("components").has(component);
  }

  /** The names of what a component gives. */
  JsonNode outputs(String component) {
    return all.path("components").path(component).path("outputs");
  }

  /**
   * What is wrong with the inputs of a component.
   *
   * @param dependent the inputs that come of resources
   */
  Problems check(String component, JsonNode inputs, Set<String> dependent) {
    var problems = new Problems();
    var declared = all.path("components").path(component).path("inputs");
    fields("", declared, inputs, problems);
    for (var input : inputs.properties()) {
      var isPlain = declared.path(input.getKey()).asText().contains(PLAIN);
      if (isPlain && input.getValue().isValueNode() && dependent.contains(input.getKey())) {
        problems.add(input.getKey(), "is plain and cannot come of a resource");
      }
    }
    return problems;
  }

  private void fields(String path, JsonNode declared, JsonNode given, Problems problems) {
    for (var field : given.properties()) {
      if (!declared.has(field.getKey())) {
        problems.add(path + field.getKey(), "is not known here");
      }
    }
    for (var field : declared.properties()) {
      var value = given.path(field.getKey());
      var declaration = field.getValue().asText();
      if (!value.isMissingNode() && !value.isNull()) {
        check(path + field.getKey(), declaration, value, problems);
      } else if (declaration.startsWith(REQUIRED)) {
        problems.add(path + field.getKey(), "is missing");
      }
    }
  }

  private void check(String path, String declaration, JsonNode marked, Problems problems) {
    var value = Wire.revealed(marked);
    var isOpen = value.isTextual() && Wire.hasUnknown(value);
    if (declaration.contains(PLAIN) && (isOpen || Wire.isSecret(marked))) {
      problems.add(path, "is plain and has to be known, and no secret");
    }
    if (isOpen) {
      return;
    }
    var type = declaration.replace(REQUIRED, "").replace(PLAIN, "");
    var choices = Arrays.asList(type.split(" or "));
    if (choices.size() > 1) {
      if (choices.stream().noneMatch(choice -> fits(path, choice, value))) {
        problems.add(path, "is no " + type);
      }
    } else {
      checkType(path, type, value, problems);
    }
  }

  private boolean fits(String path, String type, JsonNode value) {
    var problems = new Problems();
    checkType(path, type, value, problems);
    return problems.isEmpty();
  }

  private void checkType(String path, String type, JsonNode value, Problems problems) {
    if (type.startsWith(LIST) && value.isArray()) {
      value.forEach(item -> check(path + "[]", type.substring(LIST.length()), item, problems));
    } else if (type.startsWith(MAP) && value.isObject()) {
      var of = type.substring(MAP.length());
      value
          .properties()
          .forEach(item -> check(path + "." + item.getKey(), of, item.getValue(), problems));
    } else if (all.path("types").has(type)) {
      checkNamed(path, all.path("types").path(type), value, problems);
    } else if (!isSimple(type, value)) {
      problems.add(path, "is no " + type);
    }
  }

  private void checkNamed(String path, JsonNode named, JsonNode value, Problems problems) {
    if (named.isTextual()) {
      var allowed = List.of(named.asText().substring(CHOICE.length()).split(", "));
      if (!allowed.contains(value.asText())) {
        problems.add(path, "is '" + value.asText() + "'; expected " + named.asText());
      }
    } else if (value.isObject()) {
      fields(path + ".", named, value, problems);
    } else {
      problems.add(path, "is no object");
    }
  }

  private static boolean isSimple(String type, JsonNode value) {
    return switch (type) {
      case "any" -> true;
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "resource" -> Wire.isReference(value);
      case "object" -> value.isObject();
      default -> false;
    };
  }
}
