package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Moment;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * What a client sent. Reading a field of another type than expected is a problem that names it;
 * fields nobody reads are passed over, as Neon passes them over, unless {@link #only} is asked.
 */
final class Body {
  private final String path;
  private final JsonNode json;

  private Body(String path, JsonNode json) {
    this.path = path;
    this.json = json;
  }

  static Body parse(String text) {
    if (text.isBlank()) {
      return new Body("", JsonNodeFactory.instance.objectNode());
    }
    try {
      var json = ControlPlaneJson.mapper().readTree(text);
      if (json.isObject()) {
        return new Body("", json);
      }
    } catch (JsonProcessingException e) {
      throw Problem.invalid(
          "the request's body is not JSON: it breaks at line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
    throw Problem.invalid("the request's body is no JSON object");
  }

  JsonNode json() {
    return json;
  }

  /**
   * Refuses fields other than these. For what makes or changes data: a misspelt {@code parent_lsn}
   * would else make a branch that starts somewhere else.
   */
  Body only(String... names) {
    var known = Set.of(names);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Problem.invalid(
                    "%s is not known or not offered here; expected %s"
                        .formatted(of(name), String.join(", ", names)));
              }
            });
    return this;
  }

  boolean has(String name) {
    return json.hasNonNull(name);
  }

  /** The object of that name; an empty one when there is none. */
  Body object(String name) {
    var value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return new Body(of(name), JsonNodeFactory.instance.objectNode());
    }
    if (!value.isObject()) {
      throw wrong(name, "an object");
    }
    return new Body(of(name), value);
  }

  List<Body> objects(String name) {
    var value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(name, "a list");
    }
    return StreamSupport.stream(value.spliterator(), false)
        .map(element -> new Body(of(name), element))
        .toList();
  }

  Optional<String> text(String name) {
    return read(name, JsonNode::isTextual, "a text", JsonNode::textValue);
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> Problem.invalid(of(name) + " is missing; expected a text"));
  }

  Optional<Boolean> flag(String name) {
    return read(name, JsonNode::isBoolean, "true or false", JsonNode::booleanValue);
  }

  Optional<Long> integer(String name) {
    return read(name, JsonNode::isIntegralNumber, "a whole number", JsonNode::longValue);
  }

  Optional<Double> number(String name) {
    return read(name, JsonNode::isNumber, "a number", JsonNode::doubleValue);
  }

  Optional<Instant> time(String name) {
    return text(name).map(text -> instant(name, text));
  }

  private Instant instant(String name, String text) {
    return Moment.parse(text).orElseThrow(() -> wrong(name, "a time such as 2026-11-23T09:00:00Z"));
  }

  /** A value that its type reads from text, such as an id. */
  <T> Optional<T> value(String name, Function<String, T> type) {
    return text(name).map(text -> parsed(of(name), text, type));
  }

  static <T> T parsed(String what, String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(what + ": " + e.getMessage());
    }
  }

  Map<String, String> texts(String name) {
    var found = new HashMap<String, String>();
    var values = object(name);
    for (var entry : values.json.properties()) {
      if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
        throw values.wrong(entry.getKey(), "a text, a number, true or false");
      }
      found.put(entry.getKey(), entry.getValue().asText());
    }
    return found;
  }

  private <T> Optional<T> read(
      String name, Function<JsonNode, Boolean> fits, String type, Function<JsonNode, T> reader) {
    var value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!fits.apply(value)) {
      throw wrong(name, type);
    }
    return Optional.of(reader.apply(value));
  }

  private Problem wrong(String name, String expected) {
    return Problem.invalid(of(name) + " has the wrong form; expected " + expected);
  }

  private String of(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
