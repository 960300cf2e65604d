package dev.neonstack.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Property values as Pulumi writes them in JSON, some of which are secret or not known yet. */
public final class Values {
  /** Stands for a value that is known only after an update. */
  public static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  private static final String SIGNATURE = "4dabf18193072939515e22adb298388d";
  private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Values() {}

  /** Whether the value is secret; an object with a signature is one in any case. */
  public static boolean isSecret(JsonNode value) {
    return value.has(SIGNATURE);
  }

  /** Whether the value is known only after an update. */
  public static boolean isUnknown(JsonNode value) {
    return value.isTextual() && value.textValue().equals(UNKNOWN);
  }

  /** Whether nothing can be said of the value. */
  public static boolean isHidden(JsonNode value) {
    return isSecret(value) || isUnknown(value);
  }

  /** Whether the value, or anything in it, is hidden. */
  public static boolean hides(JsonNode value) {
    return isHidden(value) || value.valueStream().anyMatch(Values::hides);
  }

  /** Whether the value is there at all. */
  public static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** A secret of which nothing is kept. */
  public static JsonNode secret() {
    return JsonNodeFactory.instance.objectNode().put(SIGNATURE, SECRET);
  }

  /** A value that is not known. */
  public static JsonNode unknown() {
    return JsonNodeFactory.instance.textNode(UNKNOWN);
  }

  /** The same value without the content of its secrets. */
  public static JsonNode masked(JsonNode value) {
    if (isSecret(value)) {
      return secret();
    }
    if (value.isObject()) {
      var object = JsonNodeFactory.instance.objectNode();
      value.properties().forEach(field -> object.set(field.getKey(), masked(field.getValue())));
      return object;
    }
    if (value.isArray()) {
      var list = JsonNodeFactory.instance.arrayNode();
      value.forEach(one -> list.add(masked(one)));
      return list;
    }
    return value;
  }

  /**
   * What stands at a path of names with dots between; the hidden value itself where one is on the
   * way.
   */
  public static JsonNode at(JsonNode value, String path) {
    var found = value;
    for (var name : path.split("\\.", -1)) {
      if (isHidden(found)) {
        return found;
      }
      found = found.path(name);
    }
    return found;
  }

  /** The document that a text holds; hidden when the text is, missing when it holds none. */
  public static JsonNode document(JsonNode value) {
    if (isHidden(value) || !value.isTextual()) {
      return value;
    }
    try {
      return JSON.readTree(value.textValue());
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
