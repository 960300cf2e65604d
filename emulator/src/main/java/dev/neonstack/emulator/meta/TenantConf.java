package dev.neonstack.emulator.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a tenant: those that were given, over the defaults of a pageserver, which lie in
 * a resource. Settings that steer what is not here (layers, compaction) are kept and shown.
 */
public final class TenantConf {
  private static final ObjectNode DEFAULTS = defaults();

  /** Settings without a default that are durations all the same. */
  private static final Set<String> DURATIONS_WITHOUT_DEFAULT =
      Set.of("image_layer_force_creation_period");

  private final ObjectNode overrides;

  private TenantConf(ObjectNode overrides) {
    this.overrides = overrides;
  }

  static TenantConf stored(ObjectNode overrides) {
    return new TenantConf(overrides);
  }

  /** Whether a pageserver knows a setting of this name. */
  public static boolean knows(String key) {
    return DEFAULTS.has(key);
  }

  /**
   * Reads settings; those of unknown names are left out.
   *
   * @throws IllegalArgumentException in the words of a pageserver when a value is not of its kind
   */
  public static TenantConf of(JsonNode given) {
    return new TenantConf(JsonNodeFactory.instance.objectNode()).patched(given);
  }

  /** These settings changed by those; null takes one away. */
  public TenantConf patched(JsonNode given) {
    var merged = overrides.deepCopy();
    given
        .properties()
        .forEach(
            entry -> {
              if (!knows(entry.getKey())) {
                return;
              }
              if (entry.getValue().isNull()) {
                merged.remove(entry.getKey());
              } else {
                merged.set(entry.getKey(), checked(entry.getKey(), entry.getValue()));
              }
            });
    return new TenantConf(sorted(merged));
  }

  public ObjectNode overrides() {
    return overrides.deepCopy();
  }

  /** What is in force: the defaults under the given ones. */
  public ObjectNode effective() {
    var all = DEFAULTS.deepCopy();
    all.setAll(overrides);
    return all;
  }

  public boolean overridden(String key) {
    return overrides.has(key);
  }

  public Duration duration(String key) {
    return HumanDuration.parse(value(key).asText()).orElseThrow();
  }

  public long number(String key) {
    return value(key).asLong();
  }

  public boolean flag(String key) {
    return value(key).asBoolean();
  }

  private JsonNode value(String key) {
    return Optional.ofNullable(overrides.get(key)).orElseGet(() -> DEFAULTS.get(key));
  }

  private static JsonNode checked(String key, JsonNode value) {
    var byDefault = DEFAULTS.get(key);
    var isDuration =
        DURATIONS_WITHOUT_DEFAULT.contains(key)
            || (byDefault.isTextual() && HumanDuration.parse(byDefault.asText()).isPresent());
    if (isDuration) {
      var text = value.isTextual() ? value.asText() : "";
      var duration =
          HumanDuration.parse(text)
              .orElseThrow(() -> new IllegalArgumentException(refusal(value, "a duration")));
      return JsonNodeFactory.instance.textNode(HumanDuration.format(duration));
    }
    if (byDefault.isNumber() && !(value.canConvertToLong() && value.isIntegralNumber())) {
      throw new IllegalArgumentException(refusal(value, "an integer"));
    }
    if (byDefault.isBoolean() && !value.isBoolean()) {
      throw new IllegalArgumentException(refusal(value, "a boolean"));
    }
    return value;
  }

  private static String refusal(JsonNode value, String expected) {
    if (value.getNodeType() == JsonNodeType.STRING) {
      return "invalid value: string " + ApiError.quote(value.asText()) + ", expected " + expected;
    }
    return "invalid type: `" + value + "`, expected " + expected;
  }

  private static ObjectNode sorted(ObjectNode node) {
    var ordered = JsonNodeFactory.instance.objectNode();
    DEFAULTS
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (node.has(key)) {
                ordered.set(key, node.get(key));
              }
            });
    return ordered;
  }

  private static ObjectNode defaults() {
    try (var resource = TenantConf.class.getResourceAsStream("tenant-conf-defaults.json")) {
      return (ObjectNode) new ObjectMapper().readTree(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
