package dev.neonstack.stacks.config.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One object of the configuration. Reads its settings by name and type; what is wrong goes to the
 * problems, and the reading goes on as if the setting were absent. A key without a value is absent.
 */
public final class Section {
  private final JsonNode node;
  private final String path;
  private final Problems problems;

  private Section(JsonNode node, String path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /** The objects of a list, each with these keys and no others. */
  public static List<Section> list(
      JsonNode list, String path, Problems problems, List<String> keys) {
    if (!list.isArray()) {
      problems.wrongKind(path, kind(list), "a list", "Start each entry with a dash.");
      return List.of();
    }
    var sections = new ArrayList<Section>();
    for (var index = 0; index < list.size(); index++) {
      object(list.get(index), "%s[%d]".formatted(path, index), problems, keys)
          .ifPresent(sections::add);
    }
    return sections;
  }

  /** The object with these keys and no others; empty when it is none. */
  static Optional<Section> object(
      JsonNode node, String path, Problems problems, List<String> keys) {
    if (!node.isObject()) {
      problems.wrongKind(
          path, kind(node), "settings: " + String.join(", ", keys), "Write them as key: value.");
      return Optional.empty();
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                problems.add(unknown(path + "." + key, key, keys));
              }
            });
    return Optional.of(new Section(node, path, problems));
  }

  /** The sentence about a key nobody knows; its value is not shown, it may be a secret. */
  public static String unknown(String path, String key, List<String> keys) {
    return "%s is not a setting; expected one of %s. %s"
        .formatted(path, String.join(", ", keys), Nearest.hint(key, keys, "Remove it."));
  }

  public String path() {
    return path;
  }

  public String path(String key) {
    return path + "." + key;
  }

  public Problems problems() {
    return problems;
  }

  /** Whether the key has a value, right or wrong. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  public Optional<String> text(String key) {
    return value(key, JsonNode::isTextual, "text", "Put it in quotes.").map(JsonNode::asText);
  }

  /** The text, checked by a rule; empty text when it is absent or breaks the rule. */
  public String name(String key, NameRule rule) {
    if (!has(key)) {
      problems.missing(path(key), rule.expected(), "Add it.");
      return "";
    }
    return text(key).filter(name -> rule.check(name, path(key), problems)).orElse("");
  }

  public boolean flag(String key, boolean absent) {
    return flag(key).orElse(absent);
  }

  public Optional<Boolean> flag(String key) {
    return value(key, JsonNode::isBoolean, "true or false", "Write it without quotes.")
        .map(JsonNode::asBoolean);
  }

  public Optional<Integer> integer(String key, String expected) {
    return value(
            key,
            found -> found.isIntegralNumber() && found.canConvertToInt(),
            expected,
            "Write a number without quotes.")
        .map(JsonNode::asInt);
  }

  /** The number within its bounds; what is absent or wrong is taken for {@code absent}. */
  public int count(String key, int least, int most, int absent) {
    var expected = "a whole number from %d to %d".formatted(least, most);
    var found = integer(key, expected);
    if (found.filter(number -> number < least || number > most).isPresent()) {
      problems.wrong(path(key), found.get(), expected, "Choose one of them.");
      return absent;
    }
    return found.orElse(absent);
  }

  /** The text, which has to be there; {@code absent} when it is not. */
  public String required(String key, String expected, String absent) {
    if (!has(key)) {
      problems.missing(path(key), expected, "Add it.");
      return absent;
    }
    return text(key).orElse(absent);
  }

  /** A text, or a list of texts. */
  public List<String> textOrList(String key) {
    return has(key) && node.get(key).isArray()
        ? textList(key)
        : text(key).map(List::of).orElse(List.of());
  }

  /** A list of texts. */
  public List<String> textList(String key) {
    var list = value(key, JsonNode::isArray, "a list of texts", "Start each entry with a dash.");
    var texts = new ArrayList<String>();
    list.ifPresent(
        entries ->
            entries.forEach(
                entry -> {
                  if (entry.isTextual()) {
                    texts.add(entry.asText());
                  } else {
                    problems.wrongKind(path(key), kind(entry), "a text", "Put it in quotes.");
                  }
                }));
    return texts;
  }

  /** A list of whole numbers. */
  public List<Integer> numberList(String key) {
    var list = value(key, JsonNode::isArray, "a list of numbers", "Start each entry with a dash.");
    var numbers = new ArrayList<Integer>();
    list.ifPresent(
        entries ->
            entries.forEach(
                entry -> {
                  if (entry.isInt()) {
                    numbers.add(entry.asInt());
                  } else {
                    problems.wrongKind(
                        path(key), kind(entry), "a whole number", "Write it without quotes.");
                  }
                }));
    return numbers;
  }

  public Optional<Double> number(String key, String expected) {
    return value(key, JsonNode::isNumber, expected, "Write a number without quotes.")
        .map(JsonNode::asDouble);
  }

  /** The text, turned into a value by a parser that answers empty when it cannot. */
  public <T> Optional<T> parsed(
      String key, Function<String, Optional<T>> parser, String expected, String action) {
    var text = value(key, JsonNode::isTextual, expected, action).map(JsonNode::asText);
    var parsed = text.flatMap(parser);
    if (text.isPresent() && parsed.isEmpty()) {
      problems.wrong(path(key), text.get(), expected, action);
    }
    return parsed;
  }

  public List<Section> sections(String key, List<String> keys) {
    return has(key) ? list(node.get(key), path(key), problems, keys) : List.of();
  }

  public Optional<Section> section(String key, List<String> keys) {
    return has(key) ? object(node.get(key), path(key), problems, keys) : Optional.empty();
  }

  /** The value made of the settings; what it refuses is a problem of this section. */
  public <T> Optional<T> checked(Supplier<T> value) {
    return problems.checked(path, value);
  }

  /** A section without settings, in place of one that is absent or wrong. */
  public Section empty(String key) {
    return new Section(JsonNodeFactory.instance.objectNode(), path(key), problems);
  }

  /** A map of plain values; numbers and flags become text. */
  public Map<String, String> texts(String key) {
    var found =
        value(key, JsonNode::isObject, "a map of names to values", "Write it as name: value.");
    var texts = new LinkedHashMap<String, String>();
    found.ifPresent(
        map ->
            map.properties()
                .forEach(
                    entry -> {
                      if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                        texts.put(entry.getKey(), entry.getValue().asText());
                      } else {
                        problems.wrongKind(
                            path(key) + "." + entry.getKey(),
                            kind(entry.getValue()),
                            "text, a number, true or false",
                            "Give it a plain value.");
                      }
                    }));
    return texts;
  }

  private Optional<JsonNode> value(
      String key, Predicate<JsonNode> right, String expected, String action) {
    if (!has(key)) {
      return Optional.empty();
    }
    var found = node.get(key);
    if (right.test(found)) {
      return Optional.of(found);
    }
    if (found.isValueNode()) {
      problems.wrong(path(key), found.asText(), expected, action);
    } else {
      problems.wrongKind(path(key), kind(found), expected, action);
    }
    return Optional.empty();
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "a map";
      case STRING -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL, MISSING -> "nothing";
      case BINARY, POJO -> "a value";
    };
  }
}
