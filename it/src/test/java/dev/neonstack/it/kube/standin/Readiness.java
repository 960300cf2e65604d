package dev.neonstack.it.kube.standin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.it.kube.KubeApi;
import dev.neonstack.it.kube.Ref;
import java.util.Optional;

/** When an object is taken to serve, as Pulumi's plugin takes it. */
final class Readiness {
  private static final String SKIP = "pulumi.com/skipAwait";

  private final KubeApi api;

  Readiness(KubeApi api) {
    this.api = api;
  }

  /** What is still missing; empty when the object serves. */
  Optional<String> missing(JsonNode live) {
    if (live.path("metadata").path("annotations").path(SKIP).asText().equals("true")) {
      return Optional.empty();
    }
    return switch (live.path("kind").asText()) {
      case "Deployment" -> replicas(live, "availableReplicas");
      case "StatefulSet" -> replicas(live, "readyReplicas");
      case "Job" -> unless(isTrue(live, "Complete"), "it has not completed");
      case "Pod" -> unless(isTrue(live, "Ready"), "it is not ready");
      case "Service" -> endpoints(live);
      default -> Optional.empty();
    };
  }

  private static Optional<String> replicas(JsonNode live, String serving) {
    var status = live.path("status");
    var wanted = live.path("spec").path("replicas").asInt(1);
    var seen =
        status.path("observedGeneration").asLong()
            >= live.path("metadata").path("generation").asLong();
    var updated = status.path("updatedReplicas").asInt();
    var up = status.path(serving).asInt();
    return unless(
        seen && updated >= wanted && up >= wanted && status.path("replicas").asInt() == wanted,
        up + " of " + wanted + " replicas are up, " + updated + " of them new" + reasons(live));
  }

  /** What controllers say about a workload. */
  private static String reasons(JsonNode live) {
    var text = new StringBuilder();
    for (var condition : live.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("ReplicaFailure")) {
        text.append(": ").append(condition.path("message").asText());
      }
    }
    return text.toString();
  }

  /** A service waits for its first pod, so whatever waits for the service may wait for ever. */
  private Optional<String> endpoints(JsonNode live) {
    var spec = live.path("spec");
    var balanced = spec.path("type").asText().equals("LoadBalancer");
    if (balanced && live.path("status").path("loadBalancer").path("ingress").isEmpty()) {
      return Optional.of("it has no address");
    }
    if (spec.path("clusterIP").asText().equals("None")
        || spec.path("type").asText().equals("ExternalName")) {
      return Optional.empty();
    }
    var ref = Ref.of(live);
    var served =
        api.list("discovery.k8s.io/v1", "EndpointSlice", ref.namespace()).stream()
            .filter(slice -> isOf(slice, ref.name()))
            .anyMatch(slice -> slice.toString().contains("\"ready\":true"));
    return unless(served, "it selects no pod that is ready");
  }

  private static boolean isOf(JsonNode slice, String service) {
    var labels = slice.path("metadata").path("labels");
    return labels.path("kubernetes.io/service-name").asText().equals(service);
  }

  private static boolean isTrue(JsonNode live, String condition) {
    for (var known : live.path("status").path("conditions")) {
      if (known.path("type").asText().equals(condition)) {
        return known.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private static Optional<String> unless(boolean good, String missing) {
    return good ? Optional.empty() : Optional.of(missing);
  }
}
