package dev.neonstack.it.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** A published description of an API, and how answers differ from it. */
final class OpenApi {
  private final JsonNode document;

  private OpenApi(JsonNode document) {
    this.document = document;
  }

  static OpenApi read(Path file) throws IOException {
    return new OpenApi(new YAMLMapper().readTree(file.toFile()));
  }

  /**
   * What an answer lacks or has otherwise.
   *
   * @param path as the description has it, with names in braces
   */
  List<String> problems(String method, String path, int status, JsonNode answer) {
    var operation = document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    var response = resolved(operation.path("responses").path(String.valueOf(status)));
    var schema = response.path("content").path("application/json").path("schema");
    if (schema.isMissingNode()) {
      return List.of(method + " " + path + " is not described with status " + status);
    }
    var problems = new ArrayList<String>();
    check(schema, answer, method + " " + path + ":", problems);
    return problems;
  }

  private JsonNode resolved(JsonNode node) {
    var found = node;
    while (found.has("$ref")) {
      found = document.at(found.path("$ref").asText().substring(1));
    }
    return found;
  }

  private void check(JsonNode reference, JsonNode value, String where, List<String> problems) {
    var schema = resolved(reference);
    schema.path("allOf").forEach(part -> check(part, value, where, problems));
    if (value.isNull() && schema.path("nullable").asBoolean()) {
      return;
    }
    if (!isOfType(schema.path("type").asText(), value)) {
      problems.add(where + " is no " + schema.path("type").asText() + ": " + value);
      return;
    }
    schema.path("required").forEach(name -> require(name.asText(), value, where, problems));
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              if (value.has(property.getKey())) {
                var inside = value.get(property.getKey());
                check(property.getValue(), inside, where + "/" + property.getKey(), problems);
              }
            });
    if (schema.has("items")) {
      value.forEach(one -> check(schema.get("items"), one, where + "/*", problems));
    }
    checkValue(schema, value, where, problems);
  }

  private static void require(String name, JsonNode value, String where, List<String> problems) {
    if (!value.has(name)) {
      problems.add(where + "/" + name + " is missing");
    }
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> true;
    };
  }

  private static void checkValue(
      JsonNode schema, JsonNode value, String where, List<String> problems) {
    var allowed = schema.path("enum");
    if (allowed.isArray()
        && StreamSupport.stream(allowed.spliterator(), false).noneMatch(value::equals)) {
      problems.add(where + " is " + value + ", none of " + allowed);
    }
    if (schema.path("format").asText().equals("date-time") && !isTime(value.asText())) {
      problems.add(where + " is no time: " + value);
    }
    if (schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble()) {
      problems.add(where + " is too small: " + value);
    }
    if (schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble()) {
      problems.add(where + " is too large: " + value);
    }
  }

  private static boolean isTime(String text) {
    try {
      var unused = OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
