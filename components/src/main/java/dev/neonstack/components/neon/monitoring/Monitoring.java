package dev.neonstack.components.neon.monitoring;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.neon.controlplane.ControlPlane;
import dev.neonstack.components.neon.kube.CustomObject;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the Prometheus of the cluster scrapes and warns of, and dashboards for its Grafana. Both are
 * there already, or this component has nothing to do.
 */
public final class Monitoring extends ComponentResource {
  private static final CustomObject.Kind POD_MONITOR =
      new CustomObject.Kind("monitoring.coreos.com/v1", "PodMonitor");
  private static final CustomObject.Kind RULES =
      new CustomObject.Kind("monitoring.coreos.com/v1", "PrometheusRule");
  private static final String HTTP = "http";

  /**
   * The port of a role's pods that answers {@code /metrics}; a compute's is the control plane's.
   */
  private static final Map<Role, String> PORTS =
      new EnumMap<>(
          Map.of(
              Role.STORAGE_BROKER, "grpc",
              Role.STORAGE_CONTROLLER, HTTP,
              Role.SAFEKEEPER, HTTP,
              Role.PAGESERVER, HTTP,
              Role.PROXY, HTTP,
              Role.CONTROL_PLANE, ControlPlane.INTERNAL));

  /** Declares what the spec asks for. */
  public Monitoring(String name, Home home, MonitoringSpec spec, ComponentResourceOptions options) {
    super("neonstack:neon:Monitoring", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    if (spec.prometheus()) {
      for (var watched : PORTS.entrySet()) {
        var role = watched.getKey();
        if (spec.has(role)) {
          new CustomObject(
              name + "-" + role.word(),
              POD_MONITOR,
              metadata(home, role.word(), spec.prometheusLabels()),
              podMonitor(role, watched.getValue()),
              child);
        }
      }
      new CustomObject(
          name + "-alerts",
          RULES,
          metadata(home, "neon", spec.prometheusLabels()),
          rules(home.name(), spec),
          child);
    }
    if (spec.dashboards()) {
      for (var dashboard : Dashboards.all()) {
        new ConfigMap(
            name + "-" + dashboard.id(),
            ConfigMapArgs.builder()
                .metadata(metadata(home, dashboard.id(), spec.dashboardLabels()))
                .data(Map.of(dashboard.id() + ".json", dashboard.json(home.name())))
                .build(),
            child);
      }
    }
    registerOutputs(Map.of());
  }

  private static Map<String, Object> podMonitor(Role role, String port) {
    return Map.of(
        "selector",
        Map.of("matchLabels", role.selector()),
        "podMetricsEndpoints",
        List.of(Map.of("port", port, "path", "/metrics", "interval", "30s")));
  }

  private static Map<String, Object> rules(String namespace, MonitoringSpec spec) {
    var rules =
        new Alerts(namespace, spec)
            .all().stream().map(alert -> alert.rule(spec.runbooks())).toList();
    return Map.of("groups", List.of(Map.of("name", "neon", "rules", rules)));
  }

  private static ObjectMetaArgs metadata(Home home, String name, Map<String, String> chosenBy) {
    var labels = new TreeMap<>(chosenBy);
    labels.put("app.kubernetes.io/part-of", "neonstack");
    labels.put("app.kubernetes.io/managed-by", "pulumi");
    return ObjectMetaArgs.builder().name(name).namespace(home.namespace()).labels(labels).build();
  }
}
