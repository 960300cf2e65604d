package dev.neonstack.operator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.neonstack.operator.api.NeonCompute;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a pod is made of, apart from the start that it is for. */
public final class Template {
  private static final ObjectMapper ORDERED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  static final UUID NO_OPERATION = new UUID(0, 0);

  private Template() {}

  /** A word that changes with everything that takes another pod, and with nothing else. */
  public static String of(NeonCompute compute, PodSettings settings, int pgVersion) {
    var spec = compute.getSpec();
    var pod = ComputePod.template(compute, settings, pgVersion).spec("");
    var told =
        "%s %s %s %s"
            .formatted(
                spec.settings() == null ? "{}" : new TreeMap<>(spec.settings()),
                spec.logicalReplication(),
                spec.login(),
                spec.resources());
    return digest(ordered(Serialization.asJson(pod)) + told);
  }

  /** Maps are in another order in every JVM. */
  private static String ordered(String json) {
    try {
      return ORDERED.writeValueAsString(Serialization.unmarshal(json, Map.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }

  private static String digest(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
