package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.neonstack.controlplane.catalog.EndpointShape;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import dev.neonstack.neon.controlplane.EndpointType;

/** What an endpoint shall be like, as clients say it. */
final class Shapes {
  private Shapes() {}

  static EndpointShape of(Body body) {
    var min = body.number("autoscaling_limit_min_cu").orElse(EndpointShape.DEFAULT_MIN_CU);
    return new EndpointShape(
        body.text("type").map(Shapes::type).orElse(EndpointType.READ_WRITE),
        body.text("name"),
        min,
        body.number("autoscaling_limit_max_cu").orElse(Math.max(min, EndpointShape.DEFAULT_MAX_CU)),
        body.integer("suspend_timeout_seconds").orElse(0L),
        body.flag("pooler_enabled").orElse(false),
        body.object("settings").texts("pg_settings"));
  }

  /** The shape with what the body changes; what it does not name stays. */
  static EndpointShape changed(EndpointShape old, Body body) {
    return new EndpointShape(
        old.type(),
        body.text("name").or(old::name),
        body.number("autoscaling_limit_min_cu").orElse(old.minCu()),
        body.number("autoscaling_limit_max_cu").orElse(old.maxCu()),
        body.integer("suspend_timeout_seconds").orElse(old.suspendTimeoutSeconds()),
        body.flag("pooler_enabled").orElse(old.pooler()),
        body.object("settings").has("pg_settings")
            ? body.object("settings").texts("pg_settings")
            : old.pgSettings());
  }

  private static EndpointType type(String text) {
    try {
      return ControlPlaneJson.mapper().convertValue(TextNode.valueOf(text), EndpointType.class);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("type is '" + text + "'; expected read_write or read_only");
    }
  }
}
