package dev.neonstack.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Declared resources of tests, written as YAML. */
public final class Sample {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Sample() {}

  /** The document in a file beside the class. */
  public static JsonNode file(Class<?> beside, String name) {
    try (var stream = beside.getResourceAsStream(name)) {
      return YAML.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document of a text. */
  public static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The resources of a list. */
  public static List<Declared> resources(JsonNode list) {
    return list.valueStream().map(Sample::resource).toList();
  }

  /** One resource. */
  public static Declared resource(JsonNode one) {
    var inputs = one.path("inputs");
    return new Declared(
        one.path("type").asText(),
        one.path("name").asText(),
        Optional.empty(),
        new Declared.Keeping(
            one.path("protect").asBoolean(), one.path("retainOnDelete").asBoolean()),
        inputs.isMissingNode() ? JsonNodeFactory.instance.objectNode() : inputs,
        one.path("references").properties().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    property ->
                        property
                            .getValue()
                            .valueStream()
                            .map(JsonNode::asText)
                            .collect(Collectors.toSet()))));
  }
}
