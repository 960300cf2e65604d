package dev.neonstack.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Lists the keys that are set; the SDK answers only for a key that is known. */
final class ConfigKeys {
  private static final String VARIABLE = "PULUMI_CONFIG";

  private ConfigKeys() {}

  /** The keys of a namespace, without it; none when the engine passed no configuration. */
  static Set<String> of(String namespace, Map<String, String> environment) {
    var keys = new HashSet<String>();
    try {
      JsonMapper.builder()
          .build()
          .readTree(environment.getOrDefault(VARIABLE, "{}"))
          .fieldNames()
          .forEachRemaining(
              key -> {
                if (key.startsWith(namespace + ":")) {
                  keys.add(key.substring(key.lastIndexOf(':') + 1));
                }
              });
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(VARIABLE + " of the Pulumi engine is not JSON", notJson);
    }
    return keys;
  }
}
