package dev.neonstack.neon.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.neon.TimelineId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Endpoints in the JSON of Neon's public API, which nests settings and names sizes its own way. */
final class EndpointJson {

  private EndpointJson() {}

  static ObjectNode of(EndpointCreate endpoint) {
    var json = ControlPlaneClient.object();
    json.put("branch_id", endpoint.branch().value());
    json.set("type", ControlPlaneJson.mapper().valueToTree(endpoint.type()));
    endpoint.name().ifPresent(name -> json.put("name", name));
    endpoint.minCu().ifPresent(cu -> json.put("autoscaling_limit_min_cu", cu));
    endpoint.maxCu().ifPresent(cu -> json.put("autoscaling_limit_max_cu", cu));
    json.put("suspend_timeout_seconds", endpoint.suspendTimeoutSeconds());
    json.put("pooler_enabled", endpoint.pooler());
    putSettings(json, endpoint.pgSettings());
    return json;
  }

  static ObjectNode of(EndpointUpdate update) {
    var json = ControlPlaneClient.object();
    update.name().ifPresent(name -> json.put("name", name));
    update.minCu().ifPresent(cu -> json.put("autoscaling_limit_min_cu", cu));
    update.maxCu().ifPresent(cu -> json.put("autoscaling_limit_max_cu", cu));
    update.suspendTimeoutSeconds().ifPresent(s -> json.put("suspend_timeout_seconds", s));
    update.pooler().ifPresent(pooler -> json.put("pooler_enabled", pooler));
    update.pgSettings().ifPresent(settings -> putSettings(json, settings));
    return json;
  }

  static Endpoint endpoint(JsonNode answer) {
    return read(answer.path("endpoint"));
  }

  static List<Endpoint> endpoints(JsonNode answer) {
    return ControlPlaneClient.list(answer.path("endpoints"), EndpointJson::read);
  }

  private static Endpoint read(JsonNode json) {
    return new Endpoint(
        ControlPlaneClient.text(json, "id"),
        ControlPlaneClient.convert(json.path("branch_id"), TimelineId.class),
        host(json),
        json.path("port").asInt(),
        ControlPlaneClient.convert(json.path("type"), EndpointType.class),
        ControlPlaneClient.convert(json.path("current_state"), EndpointState.class),
        Optional.ofNullable(json.path("failure").textValue()),
        Optional.ofNullable(json.path("name").textValue()),
        json.path("autoscaling_limit_min_cu").asDouble(),
        json.path("autoscaling_limit_max_cu").asDouble(),
        json.path("suspend_timeout_seconds").asLong(),
        json.path("pooler_enabled").asBoolean(),
        settings(json.path("settings").path("pg_settings")));
  }

  /** The host carries the port where it is not the usual one, for clients that look at it alone. */
  private static String host(JsonNode json) {
    var host = ControlPlaneClient.text(json, "host");
    var suffix = ":" + json.path("port").asInt();
    return host.endsWith(suffix) ? host.substring(0, host.length() - suffix.length()) : host;
  }

  private static Map<String, String> settings(JsonNode json) {
    var settings = new HashMap<String, String>();
    json.properties().forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    return settings;
  }

  private static void putSettings(ObjectNode json, Map<String, String> settings) {
    json.putObject("settings").set("pg_settings", ControlPlaneJson.mapper().valueToTree(settings));
  }
}
