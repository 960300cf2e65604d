package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Moment;
import dev.neonstack.neon.NameForm;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a client sent. Reading a field of another type or range than expected is a problem that
 * names it. {@link #end} refuses what nobody has read, so that nothing is accepted and ignored: a
 * misspelt {@code parent_lsn} would else make a branch that starts somewhere else.
 */
final class Body {
  private static final ObjectReader READER =
      ControlPlaneJson.mapper()
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final String EXAMPLE = "2026-11-23T09:00:00Z";
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final String path;
  private final JsonNode json;
  private final Set<String> known = new HashSet<>();
  private final List<Body> parts = new ArrayList<>();

  private Body(String path, JsonNode json) {
    this.path = path;
    this.json = json;
  }

  static Body parse(String text) {
    if (text.isBlank()) {
      return new Body("", JsonNodeFactory.instance.objectNode());
    }
    try {
      var json = READER.readTree(text);
      if (json.isObject()) {
        return new Body("", json);
      }
    } catch (JsonProcessingException e) {
      throw Problem.invalid("the request's body is not JSON that can be read" + place(e));
    }
    throw Problem.invalid("the request's body is no JSON object");
  }

  private static String place(JsonProcessingException failure) {
    return Optional.ofNullable(failure.getLocation())
        .map(at -> ": it breaks at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
        .orElse("");
  }

  JsonNode json() {
    return json;
  }

  /** Refuses every field that has not been read, here and in the objects that were. */
  void end() {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Problem.invalid(
                    "%s is not known or not offered here; leave it out"
                        .formatted(NameForm.shown(of(name))));
              }
            });
    parts.forEach(Body::end);
  }

  boolean has(String name) {
    known.add(name);
    return json.hasNonNull(name);
  }

  /** Whether the field is there, be it with nothing in it. */
  boolean names(String name) {
    known.add(name);
    return json.has(name);
  }

  /** The object of that name; an empty one when there is none. */
  Body object(String name) {
    known.add(name);
    var value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return new Body(of(name), JsonNodeFactory.instance.objectNode());
    }
    if (!value.isObject()) {
      throw wrong(name, "an object");
    }
    return part(new Body(of(name), value));
  }

  List<Body> objects(String name) {
    known.add(name);
    var value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(name, "a list");
    }
    var found = new ArrayList<Body>();
    for (var element : value) {
      if (!element.isObject()) {
        throw wrong(name, "a list of objects");
      }
      found.add(part(new Body(of(name), element)));
    }
    return found;
  }

  private Body part(Body part) {
    parts.add(part);
    return part;
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

  /** A whole number of this range; no number is ever cut to fit. */
  Optional<Long> integer(String name, long least, long most) {
    var expected = "a whole number from %d to %d".formatted(least, most);
    Predicate<JsonNode> fits =
        value ->
            value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= most;
    return read(name, fits, expected, JsonNode::longValue);
  }

  Optional<Double> number(String name) {
    Predicate<JsonNode> fits = value -> value.isNumber() && Double.isFinite(value.doubleValue());
    return read(name, fits, "a number", JsonNode::doubleValue);
  }

  Optional<Instant> time(String name) {
    return text(name).map(text -> instant(name, text));
  }

  private Instant instant(String name, String text) {
    var time = Moment.parse(text).orElseThrow(() -> wrong(name, "a time such as " + EXAMPLE));
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw wrong(name, "a time in the years 1970 to 9999");
    }
    return time;
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

  /** Texts by name. Settings are often written as numbers or truth values. */
  Map<String, String> texts(String name) {
    var found = new LinkedHashMap<String, String>();
    var values = object(name);
    for (var entry : values.json.properties()) {
      values.known.add(entry.getKey());
      if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
        throw values.wrong(entry.getKey(), "a text, a number, true or false");
      }
      found.put(entry.getKey(), entry.getValue().asText());
    }
    return found;
  }

  /** Refuses any value of the field but this one, which says what is so in any case. */
  void only(String name, String value, String why) {
    only(name, given -> given.isValueNode() && given.asText().equals(value), why);
  }

  /** Refuses the field unless it asks for nothing: no number but 0, no text, nothing in lists. */
  void nothing(String name, String why) {
    only(name, Body::asksForNothing, why);
  }

  private static boolean asksForNothing(JsonNode value) {
    if (value.isContainerNode()) {
      for (var part : value) {
        if (!asksForNothing(part)) {
          return false;
        }
      }
      return true;
    }
    return value.isBoolean()
        ? !value.booleanValue()
        : value.isNumber() ? value.decimalValue().signum() == 0 : value.asText().isEmpty();
  }

  private void only(String name, Predicate<JsonNode> fits, String why) {
    known.add(name);
    var value = json.path(name);
    if (!value.isMissingNode() && !value.isNull() && !fits.test(value)) {
      throw Problem.refused(
          "%s is %s; %s".formatted(of(name), NameForm.shown(value.toString()), why));
    }
  }

  private <T> Optional<T> read(
      String name, Predicate<JsonNode> fits, String expected, Function<JsonNode, T> reader) {
    known.add(name);
    var value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!fits.test(value)) {
      throw wrong(name, expected);
    }
    return Optional.of(reader.apply(value));
  }

  private Problem wrong(String name, String expected) {
    var secret = name.equals("password");
    var shown = secret ? "not shown here" : NameForm.shown(json.path(name).toString());
    return Problem.invalid("%s is %s; expected %s".formatted(of(name), shown, expected));
  }

  private String of(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
