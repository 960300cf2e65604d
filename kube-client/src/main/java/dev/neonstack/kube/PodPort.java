package dev.neonstack.kube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.kube.ClusterException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** A port of a pod, where a connection can go. */
record PodPort(String namespace, String pod, int port) {

  /** How to find the pod to connect to; asked again for every connection, as pods come and go. */
  @FunctionalInterface
  interface Finder {
    PodPort find(Cluster cluster);
  }

  /** A ready pod behind a Service. */
  static Finder ofService(String namespace, String service, int port) {
    return cluster -> {
      var path = "/api/v1/namespaces/" + namespace + "/services/" + service;
      var spec =
          cluster
              .find(path)
              .map(found -> found.path("spec"))
              .orElseThrow(() -> missing("Service '" + service + "'", namespace));
      var labels = new LinkedHashMap<String, String>();
      spec.path("selector")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      var pods = cluster.list("/api/v1/namespaces/" + namespace + "/pods", labels);
      var ready =
          pods.stream()
              .filter(PodPort::isReady)
              .findFirst()
              .orElseThrow(() -> noneReady(namespace, service, pods));
      return new PodPort(namespace, name(ready), target(spec, port, ready));
    };
  }

  /** One pod by its name. */
  static Finder ofPod(String namespace, String pod, int port) {
    return cluster -> {
      var found =
          cluster
              .find("/api/v1/namespaces/" + namespace + "/pods/" + pod)
              .orElseThrow(() -> missing("pod '" + pod + "'", namespace));
      if (!found.path("status").path("phase").asText().equals("Running")) {
        throw new ClusterException(
            Kind.NOT_READY, "pod '" + pod + "' in namespace '" + namespace + "' does not run");
      }
      return new PodPort(namespace, pod, port);
    };
  }

  private static ClusterException missing(String what, String namespace) {
    return new ClusterException(
        Kind.NOT_FOUND,
        "there is no "
            + what
            + " in namespace '"
            + namespace
            + "'; is it the right namespace, and is Neon deployed there?");
  }

  private static ClusterException noneReady(String namespace, String service, List<JsonNode> pods) {
    var states =
        pods.stream()
            .map(pod -> name(pod) + " is " + PodState.of(pod).word())
            .collect(Collectors.joining(", "));
    return new ClusterException(
        Kind.NOT_READY,
        "Service '"
            + service
            + "' in namespace '"
            + namespace
            + "' has no ready pod ("
            + (pods.isEmpty() ? "no pod at all" : states)
            + "); look with: kubectl -n "
            + namespace
            + " get pods");
  }

  private static boolean isReady(JsonNode pod) {
    return PodState.of(pod).isReady() && !pod.path("metadata").has("deletionTimestamp");
  }

  private static int target(JsonNode spec, int port, JsonNode pod) {
    for (var entry : spec.path("ports")) {
      if (entry.path("port").asInt() == port) {
        var target = entry.path("targetPort");
        return target.isTextual() ? namedPort(pod, target.asText(), port) : target.asInt(port);
      }
    }
    return port;
  }

  private static int namedPort(JsonNode pod, String name, int otherwise) {
    for (var container : pod.path("spec").path("containers")) {
      for (var port : container.path("ports")) {
        if (port.path("name").asText().equals(name)) {
          return port.path("containerPort").asInt();
        }
      }
    }
    return otherwise;
  }

  private static String name(JsonNode pod) {
    return pod.path("metadata").path("name").asText();
  }

  String path() {
    return "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/portforward?ports=" + port;
  }

  @Override
  public String toString() {
    return "port " + port + " of pod " + namespace + "/" + pod;
  }
}
