package dev.neonstack.components.neon.namespace;

import static dev.neonstack.components.neon.kube.Role.COMPUTE;
import static dev.neonstack.components.neon.kube.Role.CONTROL_PLANE;
import static dev.neonstack.components.neon.kube.Role.PAGESERVER;
import static dev.neonstack.components.neon.kube.Role.PROXY;
import static dev.neonstack.components.neon.kube.Role.SAFEKEEPER;
import static dev.neonstack.components.neon.kube.Role.SAFEKEEPER_REGISTRAR;
import static dev.neonstack.components.neon.kube.Role.STORAGE_BROKER;
import static dev.neonstack.components.neon.kube.Role.STORAGE_CONTROLLER;
import static dev.neonstack.components.neon.kube.Role.VALKEY;

import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may talk to whom, and nobody else. A compute runs its user's code: it reaches storage and the
 * control plane, never another compute, and its own HTTP ports answer the control plane only. The
 * control plane looks after pods, so that it alone of Neon's own servers reaches the API server.
 */
final class Flows {
  private static final int STATUS_OF_DATABASE = 8000;
  private static final int METRICS_OF_DATABASE = 9187;

  /** Where the servers of a role publish metrics; a compute's are for the control plane. */
  private static final Map<Role, Integer> METRICS =
      Map.of(
          STORAGE_BROKER, Ports.STORAGE_BROKER,
          STORAGE_CONTROLLER, Ports.STORAGE_CONTROLLER,
          PAGESERVER, Ports.PAGESERVER_HTTP,
          SAFEKEEPER, Ports.SAFEKEEPER_HTTP,
          PROXY, Ports.PROXY_HTTP,
          CONTROL_PLANE, Ports.CONTROL_PLANE);

  private Flows() {}

  /**
   * Pods that connect to others.
   *
   * @param ports TCP ports of {@code to}
   */
  record Inside(Party from, Party to, List<Integer> ports) {}

  static List<Inside> inside(boolean databaseInside) {
    var flows = new ArrayList<Inside>();
    flows.addAll(
        List.of(
            flow(COMPUTE, PAGESERVER, Ports.PAGESERVER_PAGES),
            flow(COMPUTE, SAFEKEEPER, Ports.SAFEKEEPER_WAL),
            flow(COMPUTE, CONTROL_PLANE, Ports.CONTROL_PLANE_COMPUTES),
            flow(PAGESERVER, SAFEKEEPER, Ports.SAFEKEEPER_WAL),
            flow(PAGESERVER, STORAGE_BROKER, Ports.STORAGE_BROKER),
            flow(PAGESERVER, STORAGE_CONTROLLER, Ports.STORAGE_CONTROLLER),
            flow(SAFEKEEPER, SAFEKEEPER, Ports.SAFEKEEPER_WAL, Ports.SAFEKEEPER_HTTP),
            flow(SAFEKEEPER, STORAGE_BROKER, Ports.STORAGE_BROKER),
            flow(STORAGE_CONTROLLER, PAGESERVER, Ports.PAGESERVER_HTTP),
            flow(STORAGE_CONTROLLER, SAFEKEEPER, Ports.SAFEKEEPER_HTTP)));
    flows.addAll(
        List.of(
            flow(STORAGE_CONTROLLER, STORAGE_CONTROLLER, Ports.STORAGE_CONTROLLER),
            flow(STORAGE_CONTROLLER, CONTROL_PLANE, Ports.CONTROL_PLANE),
            flow(SAFEKEEPER_REGISTRAR, SAFEKEEPER, Ports.SAFEKEEPER_HTTP),
            flow(SAFEKEEPER_REGISTRAR, STORAGE_CONTROLLER, Ports.STORAGE_CONTROLLER),
            flow(PROXY, COMPUTE, Ports.COMPUTE_POSTGRES),
            flow(PROXY, CONTROL_PLANE, Ports.CONTROL_PLANE),
            flow(PROXY, VALKEY, Ports.VALKEY),
            flow(CONTROL_PLANE, VALKEY, Ports.VALKEY),
            flow(CONTROL_PLANE, STORAGE_CONTROLLER, Ports.STORAGE_CONTROLLER),
            flow(CONTROL_PLANE, SAFEKEEPER, Ports.SAFEKEEPER_HTTP),
            flow(CONTROL_PLANE, COMPUTE, Ports.COMPUTE_HTTP)));
    if (databaseInside) {
      var database = Party.DATABASE;
      flows.add(new Inside(Party.of(STORAGE_CONTROLLER), database, List.of(Ports.POSTGRES)));
      flows.add(new Inside(database, database, List.of(Ports.POSTGRES, STATUS_OF_DATABASE)));
    }
    return flows;
  }

  /** Outside servers that the pods of a party connect to, name resolution left out. */
  static List<Outside> out(Party party, NetworkSettings settings) {
    if (party.equals(Party.of(PAGESERVER)) || party.equals(Party.of(SAFEKEEPER))) {
      return settings.objectStore();
    }
    if (party.equals(Party.of(STORAGE_CONTROLLER))) {
      return settings.database().stream().toList();
    }
    if (party.equals(Party.of(CONTROL_PLANE))) {
      return List.of(settings.apiServer());
    }
    if (party.equals(Party.DATABASE)) {
      var out = new ArrayList<>(settings.objectStore());
      out.add(0, settings.apiServer());
      return out;
    }
    return List.of();
  }

  /** Outside clients that connect to the pods of a party. */
  static List<Outside> in(Party party, NetworkSettings settings) {
    var in = new ArrayList<Outside>();
    settings
        .prometheus()
        .flatMap(
            namespace ->
                Optional.ofNullable(metrics().get(party))
                    .map(port -> Outside.namespace(namespace, List.of(port))))
        .ifPresent(in::add);
    if (party.equals(Party.of(PROXY))) {
      settings.healthChecks().ifPresent(in::add);
    }
    if (party.equals(Party.DATABASE)) {
      in.add(
          Outside.namespace(
              settings.databaseOperator(), List.of(STATUS_OF_DATABASE, Ports.POSTGRES)));
    }
    return in;
  }

  private static Map<Party, Integer> metrics() {
    var metrics = new LinkedHashMap<Party, Integer>();
    METRICS.forEach((role, port) -> metrics.put(Party.of(role), port));
    metrics.put(Party.DATABASE, METRICS_OF_DATABASE);
    return metrics;
  }

  private static Inside flow(Role from, Role to, Integer... ports) {
    return new Inside(Party.of(from), Party.of(to), Arrays.asList(ports));
  }
}
