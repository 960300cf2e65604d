package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.Endpoint;
import dev.neonstack.neon.controlplane.EndpointCreate;
import dev.neonstack.neon.controlplane.EndpointType;
import dev.neonstack.neon.controlplane.EndpointUpdate;
import dev.neonstack.provider.value.Props;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What an endpoint is made from; the schema says what each field means. */
record EndpointInputs(
    TenantId project,
    TimelineId branch,
    String name,
    EndpointType type,
    OptionalDouble minCu,
    OptionalDouble maxCu,
    long suspendTimeout,
    boolean pooler,
    Map<String, String> settings) {

  static EndpointInputs of(Props props) {
    return new EndpointInputs(
        TenantId.of(props.requireText("project")),
        TimelineId.of(props.requireText("branch")),
        props.requireText("name"),
        type(props.text("type").orElse("read_write")),
        props.number("minCu"),
        props.number("maxCu"),
        props.integer("suspendTimeout").orElse(0),
        props.bool("pooler").orElse(false),
        props.texts("settings"));
  }

  static EndpointInputs of(TenantId project, Endpoint endpoint) {
    return new EndpointInputs(
        project,
        endpoint.branchId(),
        endpoint.name().orElse(endpoint.id()),
        endpoint.type(),
        OptionalDouble.of(endpoint.minCu()),
        OptionalDouble.of(endpoint.maxCu()),
        endpoint.suspendTimeoutSeconds(),
        endpoint.pooler(),
        endpoint.pgSettings());
  }

  Props props() {
    return Props.builder()
        .put("project", project.value())
        .put("branch", branch.value())
        .put("name", name)
        .put("type", text(type))
        .put("minCu", minCu)
        .put("maxCu", maxCu)
        .put("suspendTimeout", (double) suspendTimeout)
        .put("pooler", pooler)
        .put("settings", settings)
        .build();
  }

  EndpointCreate creation() {
    return new EndpointCreate(
        branch, type, Optional.of(name), minCu, maxCu, suspendTimeout, pooler, settings);
  }

  EndpointUpdate update() {
    return new EndpointUpdate(
        Optional.of(name),
        minCu,
        maxCu,
        OptionalLong.of(suspendTimeout),
        Optional.of(pooler),
        Optional.of(settings));
  }

  static boolean isType(String text) {
    return text.equals(text(EndpointType.READ_WRITE)) || text.equals(text(EndpointType.READ_ONLY));
  }

  private static EndpointType type(String text) {
    return EndpointType.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static String text(EndpointType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
