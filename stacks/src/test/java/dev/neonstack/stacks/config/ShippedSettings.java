package dev.neonstack.stacks.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a stack as its file is given to users, with changes. */
public final class ShippedSettings {
  private static final String NAMESPACE = "neonstack:";

  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  private ShippedSettings(String stack) {
    try {
      var file = Path.of("..", stack).toFile();
      new YAMLMapper()
          .readTree(file)
          .get("config")
          .properties()
          .forEach(
              entry -> values.put(entry.getKey().substring(NAMESPACE.length()), entry.getValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ShippedSettings corp() {
    return new ShippedSettings("Pulumi.corp.yaml");
  }

  /** As shipped, which is refused until account and address are one's own. */
  public static ShippedSettings devAsShipped() {
    return new ShippedSettings("Pulumi.dev.yaml");
  }

  public static ShippedSettings dev() {
    return devAsShipped().yours();
  }

  /** The example of a large stack. */
  public static ShippedSettings production() {
    return new ShippedSettings("docs/examples/Pulumi.prod.yaml").yours();
  }

  /** The example of a production stack at a moderate price. */
  public static ShippedSettings smallProduction() {
    return new ShippedSettings("docs/examples/Pulumi.prod-small.yaml").yours();
  }

  private ShippedSettings yours() {
    return with("aws/accountId", "'111122223333'").with("cluster/publicCidrs", "[198.18.0.7/32]");
  }

  /** Sets a key to a value written in YAML; {@code a/b/c} is inside. */
  public ShippedSettings with(String path, String yaml) {
    var keys = path.split("/", -1);
    try {
      var value = new YAMLMapper().readTree(yaml);
      if (keys.length == 1) {
        values.put(path, value);
      } else {
        ((ObjectNode) inside(keys)).set(keys[keys.length - 1], value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public ShippedSettings without(String path) {
    var keys = path.split("/", -1);
    if (keys.length == 1) {
      values.remove(path);
    } else {
      ((ObjectNode) inside(keys)).remove(keys[keys.length - 1]);
    }
    return this;
  }

  public StackConfig read() {
    var texts = new LinkedHashMap<String, String>();
    values.forEach(
        (key, value) -> texts.put(key, value.isValueNode() ? value.asText() : value.toString()));
    return StackConfig.read(TestSettings.of(texts), TestSettings.CLOCK);
  }

  private JsonNode inside(String... keys) {
    var node = values.get(keys[0]);
    for (var index = 1; index < keys.length - 1; index++) {
      node = node.get(keys[index]);
    }
    return node;
  }
}
