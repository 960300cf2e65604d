package dev.neonstack.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.neonstack.stacks.config.reading.Settings;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The configuration as the engine hands it on. The SDK answers only for a key that is known; which
 * keys there are, and which of them are secret, stands in the environment.
 */
final class EngineSettings {
  private static final String CONFIG = "PULUMI_CONFIG";
  private static final String SECRET_KEYS = "PULUMI_CONFIG_SECRET_KEYS";

  private EngineSettings() {}

  /** The settings of a namespace; none when the engine passed no configuration. */
  static Settings of(
      String namespace,
      Map<String, String> environment,
      Function<String, Optional<String>> values) {
    var secrets = new HashSet<String>();
    json(environment, SECRET_KEYS, "[]").forEach(key -> secrets.add(key.asText()));
    return new Settings(
        values,
        in(namespace, json(environment, CONFIG, "{}").fieldNames()),
        in(namespace, secrets.iterator()));
  }

  private static Set<String> in(String namespace, Iterator<String> qualified) {
    var keys = new HashSet<String>();
    qualified.forEachRemaining(
        key -> {
          if (key.startsWith(namespace + ":")) {
            keys.add(key.substring(key.lastIndexOf(':') + 1));
          }
        });
    return keys;
  }

  private static JsonNode json(Map<String, String> environment, String variable, String absent) {
    try {
      return JsonMapper.builder().build().readTree(environment.getOrDefault(variable, absent));
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(variable + " of the Pulumi engine is not JSON", notJson);
    }
  }
}
