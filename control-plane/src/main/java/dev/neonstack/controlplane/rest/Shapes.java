package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.neonstack.controlplane.catalog.EndpointDefaults;
import dev.neonstack.controlplane.catalog.EndpointShape;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import dev.neonstack.neon.controlplane.EndpointType;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What an endpoint shall be like, as clients say it. */
final class Shapes {
  private static final String MIN_CU = "autoscaling_limit_min_cu";
  private static final String MAX_CU = "autoscaling_limit_max_cu";
  private static final String NO_POOLER_SETTINGS = "the connection pooler takes no settings here";

  private Shapes() {}

  static EndpointShape of(Body body, EndpointDefaults defaults) {
    var size = size(body, defaults.minCu(), defaults.maxCu());
    var shape =
        new EndpointShape(
            body.text("type").map(Shapes::type).orElse(EndpointType.READ_WRITE),
            body.text("name"),
            size.min(),
            size.max(),
            suspendTimeout(body).orElse(defaults.suspendTimeoutSeconds()),
            body.flag("pooler_enabled").orElse(false),
            pgSettings(body.object("settings")).orElse(defaults.pgSettings()));
    refuseOthers(body);
    return shape;
  }

  /** What the body changes of a shape; what it does not name stays. */
  static UnaryOperator<EndpointShape> change(Body body) {
    var name = body.text("name");
    var min = body.number(MIN_CU);
    var max = body.number(MAX_CU);
    var timeout = suspendTimeout(body);
    var pooler = body.flag("pooler_enabled");
    var settings = pgSettings(body.object("settings"));
    refuseOthers(body);
    return old ->
        new EndpointShape(
            old.type(),
            name.or(old::name),
            min.orElse(old.minCu()),
            max.orElse(old.maxCu()),
            timeout.orElse(old.suspendTimeoutSeconds()),
            pooler.orElse(old.pooler()),
            settings.orElse(old.pgSettings()));
  }

  /** What a project's endpoints are like when nobody says; what is absent stays. */
  static EndpointDefaults defaults(Body body, EndpointDefaults old) {
    var size = size(body, old.minCu(), old.maxCu());
    var defaults =
        new EndpointDefaults(
            size.min(),
            size.max(),
            suspendTimeout(body).orElse(old.suspendTimeoutSeconds()),
            pgSettings(body).orElse(old.pgSettings()));
    body.nothing("pgbouncer_settings", NO_POOLER_SETTINGS);
    return defaults;
  }

  /** Refuses what endpoints here never do, and takes what they do in any case. */
  private static void refuseOthers(Body body) {
    body.nothing("disabled", "an endpoint cannot be disabled here; suspend or delete it");
    body.nothing(
        "passwordless_access", "there is no login without a password; leave it out or say false");
    body.only("pooler_mode", "transaction", "expected transaction, the only mode");
    body.only("provisioner", Installation.NAME, "leave it out, as there is one kind only");
    body.only("region_id", Installation.REGION, "expected local, the only region; leave it out");
  }

  /** The defaults with the sizes that the body itself names. */
  static EndpointDefaults sizes(Body body, EndpointDefaults old) {
    var size = size(body, old.minCu(), old.maxCu());
    return new EndpointDefaults(
        size.min(), size.max(), old.suspendTimeoutSeconds(), old.pgSettings());
  }

  private record Size(double min, double max) {}

  /** One limit alone moves the other only as far as it must. */
  private static Size size(Body body, double usualMin, double usualMax) {
    var min = body.number(MIN_CU);
    var max = body.number(MAX_CU);
    return new Size(
        min.orElse(Math.min(usualMin, max.orElse(usualMin))),
        max.orElse(Math.max(usualMax, min.orElse(usualMax))));
  }

  private static Optional<Long> suspendTimeout(Body body) {
    return body.integer("suspend_timeout_seconds", -1, EndpointShape.LONGEST_SUSPEND_SECONDS);
  }

  private static Optional<Map<String, String>> pgSettings(Body settings) {
    settings.nothing("pgbouncer_settings", NO_POOLER_SETTINGS);
    settings.nothing(
        "preload_libraries", "libraries are loaded by the setting shared_preload_libraries");
    return settings.has("pg_settings")
        ? Optional.of(settings.texts("pg_settings"))
        : Optional.empty();
  }

  private static EndpointType type(String text) {
    try {
      return ControlPlaneJson.mapper().convertValue(TextNode.valueOf(text), EndpointType.class);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("type is '" + text + "'; expected read_write or read_only");
    }
  }
}
