package dev.neonstack.it.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Set;

/** The engine's values as JSON, its marks of what is secret and what is unknown left in. */
public final class Wire {
  /** What stands for a value that is not known before it is made. */
  public static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  private static final String MARK = "4dabf18193072939515e22adb298388d";
  private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
  private static final String RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
  private static final String VALUE = "value";

  /** There is one text for each type of value. */
  private static final Set<String> UNKNOWNS =
      Set.of(
          UNKNOWN,
          "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
          "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
          "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
          "030794c1-ac77-496b-92df-f27374a8bd58",
          "e48ece36-62e2-4504-bad9-02848725956a",
          "dd056dcd-154b-4c76-9bd3-c8f88648b5ff");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Wire() {}

  /** What the engine sends. */
  public static ObjectNode json(Struct struct) {
    var object = JSON.objectNode();
    struct.getFieldsMap().forEach((name, value) -> object.set(name, json(value)));
    return object;
  }

  private static JsonNode json(Value value) {
    return switch (value.getKindCase()) {
      case NULL_VALUE, KIND_NOT_SET -> JSON.nullNode();
      case BOOL_VALUE -> JSON.booleanNode(value.getBoolValue());
      case NUMBER_VALUE -> number(value.getNumberValue());
      case STRING_VALUE -> JSON.textNode(value.getStringValue());
      case STRUCT_VALUE -> json(value.getStructValue());
      case LIST_VALUE -> {
        var array = JSON.arrayNode();
        value.getListValue().getValuesList().forEach(item -> array.add(json(item)));
        yield array;
      }
    };
  }

  /** The engine knows no integers; Kubernetes knows hardly anything else. */
  private static JsonNode number(double number) {
    return number == Math.rint(number) ? JSON.numberNode((long) number) : JSON.numberNode(number);
  }

  /** What the engine understands. */
  public static Struct struct(JsonNode object) {
    var struct = Struct.newBuilder();
    object.properties().forEach(field -> struct.putFields(field.getKey(), wire(field.getValue())));
    return struct.build();
  }

  private static Value wire(JsonNode node) {
    var value = Value.newBuilder();
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> value.setStructValue(struct(node)).build();
      case BOOLEAN -> value.setBoolValue(node.booleanValue()).build();
      case NUMBER -> value.setNumberValue(node.doubleValue()).build();
      case STRING, BINARY -> value.setStringValue(node.textValue()).build();
      case NULL, MISSING -> value.setNullValue(NullValue.NULL_VALUE).build();
      case ARRAY -> {
        var list = ListValue.newBuilder();
        node.forEach(item -> list.addValues(wire(item)));
        yield value.setListValue(list).build();
      }
    };
  }

  public static boolean isSecret(JsonNode node) {
    return node.path(MARK).asText().equals(SECRET);
  }

  /** The value marked as a secret. */
  public static JsonNode secret(JsonNode node) {
    return isSecret(node) ? node : JSON.objectNode().put(MARK, SECRET).set(VALUE, node);
  }

  /** A resource as a value; the id of one that is not made yet is unknown. */
  public static ObjectNode reference(String urn, String id) {
    var reference = JSON.objectNode().put(MARK, RESOURCE).put("urn", urn);
    return reference.put("id", id.isEmpty() ? UNKNOWN : id);
  }

  public static boolean isReference(JsonNode node) {
    return node.path(MARK).asText().equals(RESOURCE);
  }

  /** What is inside the mark of a secret, if there is one. */
  public static JsonNode revealed(JsonNode node) {
    return isSecret(node) ? node.path(VALUE) : node;
  }

  /** The value without marks of secrets and without nulls, at any depth: a manifest. */
  public static JsonNode plain(JsonNode marked) {
    var node = revealed(marked);
    if (node.isObject()) {
      var object = JSON.objectNode();
      for (var field : node.properties()) {
        if (!field.getValue().isNull()) {
          object.set(field.getKey(), plain(field.getValue()));
        }
      }
      return object;
    }
    if (node.isArray()) {
      var array = JSON.arrayNode();
      node.forEach(item -> array.add(plain(item)));
      return array;
    }
    return node;
  }

  /** Whether something in it, at any depth, is not known yet. */
  public static boolean hasUnknown(JsonNode node) {
    if (node.isTextual()) {
      return UNKNOWNS.contains(node.textValue());
    }
    for (var child : node) {
      if (hasUnknown(child)) {
        return true;
      }
    }
    return false;
  }

  /** What a server keeps, with what was asked of it as it was asked, secrets marked. */
  public static JsonNode overlay(JsonNode live, JsonNode asked) {
    if (!live.isObject() || !asked.isObject() || isSecret(asked)) {
      return asked;
    }
    ObjectNode merged = live.deepCopy();
    for (var field : asked.properties()) {
      merged.set(field.getKey(), overlay(live.path(field.getKey()), field.getValue()));
    }
    return merged;
  }
}
