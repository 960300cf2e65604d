package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a type of resource; {@code types.yaml} says what each part means. */
record AwsType(
    String id,
    Optional<String> named,
    List<String> required,
    Map<String, String> formats,
    Map<String, String> refers,
    List<String> heldBy,
    List<String> replaces,
    Map<String, JsonNode> outputs) {

  /** All types, by token. */
  static Map<String, AwsType> all() {
    var types = new LinkedHashMap<String, AwsType>();
    for (var type : resource("types.yaml").properties()) {
      types.put(type.getKey(), of(type.getValue()));
    }
    return types;
  }

  private static AwsType of(JsonNode type) {
    var outputs = new LinkedHashMap<String, JsonNode>();
    type.path("outputs")
        .properties()
        .forEach(field -> outputs.put(field.getKey(), field.getValue()));
    return new AwsType(
        type.path("id").asText(),
        Optional.of(type.path("named").asText()).filter(name -> !name.isEmpty()),
        texts(type.path("required")),
        pairs(type.path("formats")),
        pairs(type.path("refers")),
        texts(type.path("heldBy")),
        texts(type.path("replaces")),
        outputs);
  }

  /** Whether AWS keeps tags of it. */
  boolean isTaggable() {
    return outputs.containsKey("arn");
  }

  static JsonNode resource(String name) {
    try (var in = AwsType.class.getResourceAsStream("/aws/" + name)) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static Map<String, String> pairs(JsonNode object) {
    var pairs = new LinkedHashMap<String, String>();
    object.properties().forEach(field -> pairs.put(field.getKey(), field.getValue().asText()));
    return pairs;
  }
}
