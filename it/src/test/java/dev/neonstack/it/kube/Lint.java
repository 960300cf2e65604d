package dev.neonstack.it.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a cluster accepts and its people regret: pods without needs, probes or a disruption budget,
 * more rights than they use, and references to what is not there. {@link KubeScore} looks at the
 * same objects with other eyes.
 */
final class Lint {
  private final List<JsonNode> objects;
  private final Set<String> given;
  private final List<String> findings = new ArrayList<>();

  private Lint(List<JsonNode> objects, Set<String> given) {
    this.objects = objects;
    this.given = given;
  }

  /**
   * What is found in these objects.
   *
   * @param given Secrets that others make
   */
  static List<String> of(List<JsonNode> objects, Set<String> given) {
    var lint = new Lint(objects, given);
    objects.stream().filter(object -> !template(object).isMissingNode()).forEach(lint::workload);
    objects.stream().filter(object -> isKind(object, "Service")).forEach(lint::service);
    return lint.findings.stream().distinct().sorted().toList();
  }

  private static JsonNode template(JsonNode object) {
    return object.path("spec").path("template");
  }

  private static boolean isKind(JsonNode object, String kind) {
    return object.path("kind").asText().equals(kind);
  }

  private void workload(JsonNode object) {
    var pod = template(object).path("spec");
    pod(object, pod);
    for (var container : pod.path("containers")) {
      container(object, container);
      check(object, container.has("livenessProbe"), "container has no liveness probe", container);
      check(object, container.has("readinessProbe"), "container has no readiness probe", container);
    }
    for (var container : pod.path("initContainers")) {
      container(object, container);
    }
    references(object, pod);
    if (object.path("spec").path("replicas").asInt(1) > 1) {
      var apart =
          pod.has("topologySpreadConstraints") || pod.path("affinity").has("podAntiAffinity");
      check(object, apart, "pods may all be on one node", pod);
      check(object, isSelectedBy("PodDisruptionBudget", object), "no disruption budget", pod);
    }
    check(object, isSelectedBy("NetworkPolicy", object), "no network policy of its own", pod);
  }

  private void pod(JsonNode object, JsonNode pod) {
    var context = pod.path("securityContext");
    check(object, context.path("runAsNonRoot").asBoolean(), "may run as root", pod);
    check(
        object,
        context.path("seccompProfile").path("type").asText().equals("RuntimeDefault"),
        "has no seccomp profile",
        pod);
    check(
        object,
        pod.has("automountServiceAccountToken")
            && !pod.path("automountServiceAccountToken").asBoolean(),
        "is given a token of Kubernetes",
        pod);
    check(object, pod.has("serviceAccountName"), "shares an account", pod);
    check(object, !pod.path("hostNetwork").asBoolean(), "is on the network of its node", pod);
  }

  private void container(JsonNode object, JsonNode container) {
    var requests = container.path("resources").path("requests");
    check(object, requests.has("cpu"), "container requests no cpu", container);
    check(object, requests.has("memory"), "container requests no memory", container);
    var limits = container.path("resources").path("limits");
    check(object, limits.has("memory"), "container has no limit of memory", container);
    var context = container.path("securityContext");
    check(
        object,
        context.path("readOnlyRootFilesystem").asBoolean(),
        "container can write to its image",
        container);
    check(
        object,
        context.has("allowPrivilegeEscalation")
            && !context.path("allowPrivilegeEscalation").asBoolean(),
        "container can gain rights",
        container);
    check(
        object,
        context.path("capabilities").path("drop").toString().contains("ALL"),
        "container keeps capabilities",
        container);
    var image = container.path("image").asText();
    check(
        object,
        image.matches(".*:(?!latest$)[^/]+"),
        "container has an image of no version",
        container);
    var names = stream(container.path("env")).map(variable -> variable.path("name")).toList();
    check(
        object,
        new HashSet<>(names).size() == names.size(),
        "container has a variable twice",
        container);
  }

  /** ConfigMaps, Secrets, accounts and priorities that are named and that nobody makes. */
  private void references(JsonNode object, JsonNode pod) {
    for (var reference : pod.findValues("secretKeyRef")) {
      exists(object, "Secret", reference.path("name").asText());
    }
    for (var reference : pod.findValues("configMapKeyRef")) {
      exists(object, "ConfigMap", reference.path("name").asText());
    }
    for (var volume : pod.findValues("secret")) {
      exists(object, "Secret", volume.path("secretName").asText(volume.path("name").asText()));
    }
    for (var volume : pod.findValues("configMap")) {
      exists(object, "ConfigMap", volume.path("name").asText());
    }
    exists(object, "ServiceAccount", pod.path("serviceAccountName").asText());
    if (pod.has("priorityClassName")) {
      exists(object, "PriorityClass", pod.path("priorityClassName").asText());
    }
    if (object.path("spec").has("serviceName")) {
      exists(object, "Service", object.path("spec").path("serviceName").asText());
    }
  }

  private void exists(JsonNode object, String kind, String name) {
    var found =
        given.contains(name)
            || objects.stream()
                .filter(other -> isKind(other, kind))
                .anyMatch(other -> Ref.of(other).name().equals(name));
    if (!found) {
      findings.add(Ref.of(object) + ": there is no " + kind + " " + name);
    }
  }

  private void service(JsonNode service) {
    var selector = service.path("spec").path("selector");
    var selected =
        workloads().filter(object -> holds(labels(object), selector)).map(Lint::template).toList();
    // The name of one pod of a set is a label that the set gives it.
    var single = selector.has("statefulset.kubernetes.io/pod-name");
    if (selected.isEmpty() && !single) {
      findings.add(Ref.of(service) + ": selects no pod");
    }
    for (var port : service.path("spec").path("ports")) {
      var target = port.path("targetPort");
      for (var template : selected) {
        var ports = template.findValues("containerPort");
        var names =
            template.findParents("containerPort").stream().map(p -> p.path("name")).toList();
        if (!target.isMissingNode() && !ports.contains(target) && !names.contains(target)) {
          findings.add(Ref.of(service) + ": port " + target + " is no port of its pods");
        }
      }
    }
  }

  private boolean isSelectedBy(String kind, JsonNode workload) {
    var field = kind.equals("NetworkPolicy") ? "podSelector" : "selector";
    return objects.stream()
        .filter(object -> isKind(object, kind))
        .map(object -> object.path("spec").path(field).path("matchLabels"))
        .anyMatch(labels -> !labels.isEmpty() && holds(labels(workload), labels));
  }

  private Stream<JsonNode> workloads() {
    return objects.stream().filter(object -> !template(object).isMissingNode());
  }

  private static JsonNode labels(JsonNode workload) {
    return template(workload).path("metadata").path("labels");
  }

  private static boolean holds(JsonNode labels, JsonNode wanted) {
    return !wanted.isEmpty()
        && wanted.properties().stream()
            .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private void check(JsonNode object, boolean good, String problem, JsonNode part) {
    if (!good) {
      var where = part.path("name").asText();
      findings.add(Ref.of(object) + ": " + problem.replace("container", "container " + where));
    }
  }
}
