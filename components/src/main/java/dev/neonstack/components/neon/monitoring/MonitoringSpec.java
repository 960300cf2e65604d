package dev.neonstack.components.neon.monitoring;

import static java.util.Objects.requireNonNull;

import dev.neonstack.components.neon.kube.Role;
import java.util.Map;

/**
 * What to watch, and who watches.
 *
 * @param prometheus whether the cluster has the Prometheus Operator's PodMonitor and PrometheusRule
 * @param prometheusLabels labels by which the Prometheus of the cluster chooses both; often {@code
 *     release: kube-prometheus-stack}
 * @param dashboards whether a sidecar of Grafana loads dashboards from ConfigMaps
 * @param dashboardLabels labels by which the sidecar chooses them; often {@code grafana_dashboard:
 *     "1"}
 * @param runbooks address of the page whose sections explain the alerts
 * @param safekeepers how many there are
 * @param pageservers how many there are
 * @param proxy whether there is one
 * @param controlPlane whether the stack deploys one
 */
public record MonitoringSpec(
    boolean prometheus,
    Map<String, String> prometheusLabels,
    boolean dashboards,
    Map<String, String> dashboardLabels,
    String runbooks,
    int safekeepers,
    int pageservers,
    boolean proxy,
    boolean controlPlane) {
  public MonitoringSpec {
    prometheusLabels = Map.copyOf(prometheusLabels);
    dashboardLabels = Map.copyOf(dashboardLabels);
    requireNonNull(runbooks, "runbooks is null");
    if (safekeepers < 1 || pageservers < 1) {
      throw new IllegalArgumentException(
          "%d safekeepers and %d pageservers are watched; expected 1 of each at least"
              .formatted(safekeepers, pageservers));
    }
  }

  /** Whether there are servers of the role. */
  boolean has(Role role) {
    return (role != Role.PROXY || proxy) && (role != Role.CONTROL_PLANE || controlPlane);
  }

  /** How many safekeepers have to answer for a commit to succeed. */
  int quorum() {
    return safekeepers / 2 + 1;
  }
}
