package dev.neonstack.review.policy;

import static dev.neonstack.review.policy.CheckedRule.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for what runs on Kubernetes. */
final class PodRules {
  private static final Map<String, String> POD_PATHS =
      Map.of(
          "Deployment", "spec.template.spec",
          "StatefulSet", "spec.template.spec",
          "DaemonSet", "spec.template.spec",
          "ReplicaSet", "spec.template.spec",
          "Job", "spec.template.spec",
          "CronJob", "spec.jobTemplate.spec.template.spec",
          "Pod", "spec");
  private static final String DATABASE = "kubernetes:postgresql.cnpg.io/v1:Cluster";
  private static final Pattern DIGEST = Pattern.compile(".+@sha256:[0-9a-f]{64}");
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(password|passwd|secret|token|private_?key|access_?key|credential).*");
  private static final Pattern WHERE_IT_IS =
      Pattern.compile("(?i).*_(file|path|dir|folder|name|url|id)");
  private static final Pattern FILE_OR_NOTHING = Pattern.compile("|(/[A-Za-z0-9._-]+){2,}");

  private PodRules() {}

  static List<CheckedRule> all() {
    return List.of(
        rule("image-digest", "an image by digest, repository@sha256:<64 hexadecimal digits>")
            .because("A tag can come to mean another image after the review.")
            .inProduction()
            .change("Add the digest of the image that was tested.", PodRules::images),
        rule("no-plain-secrets", "secrets by reference (valueFrom.secretKeyRef or a file)")
            .because("Whoever may look at pods would read it.")
            .change(
                "Put the value into a Secret and refer to it.",
                (all, profile) ->
                    pods(all)
                        .flatMap(
                            pod ->
                                pod.containers().flatMap(box -> plainSecrets(pod.owner(), box)))),
        rule(
                "pods-restricted",
                "pods that are not privileged, not root and not in the host's namespaces")
            .because("Computes run code of customers beside the storage.")
            .change(
                "Set runAsNonRoot true and allowPrivilegeEscalation false; remove privileged, hostNetwork, hostPID and hostIPC.",
                (all, profile) ->
                    pods(all)
                        .filter(pod -> pod.isIn(profile.namespace()))
                        .flatMap(PodRules::rights)));
  }

  /** A pod template and the workload it belongs to. */
  private record Pod(Declared owner, JsonNode spec) {
    Stream<JsonNode> containers() {
      return Stream.of("containers", "initContainers", "ephemeralContainers")
          .flatMap(list -> Declarations.each(spec.path(list)))
          .filter(container -> !Values.isHidden(container));
    }

    boolean isIn(String namespace) {
      var value = owner.input("metadata.namespace");
      return Values.isHidden(value) || value.asText("").equals(namespace);
    }
  }

  private static Stream<Pod> pods(Declarations all) {
    return all.all().stream()
        .filter(one -> one.type().startsWith("kubernetes:"))
        .filter(one -> POD_PATHS.containsKey(kind(one)))
        .map(one -> new Pod(one, one.input(POD_PATHS.get(kind(one)))))
        .filter(pod -> !Values.isHidden(pod.spec()));
  }

  private static String kind(Declared object) {
    return object.type().substring(object.type().lastIndexOf(':') + 1);
  }

  private static Stream<Finding> images(Declarations all, Profile profile) {
    var containers =
        pods(all)
            .flatMap(
                pod ->
                    pod.containers()
                        .map(container -> container.path("image"))
                        .filter(image -> !Values.isHidden(image))
                        .filter(image -> !DIGEST.matcher(image.asText()).matches())
                        .map(image -> Finding.of(pod.owner(), "image", image)));
    var databases =
        all.of(DATABASE)
            .flatMap(
                one ->
                    Finding.unless(
                        one, "spec.imageName", image -> DIGEST.matcher(image.asText()).matches()));
    return Stream.concat(containers, databases);
  }

  private static Stream<Finding> plainSecrets(Declared owner, JsonNode container) {
    return Declarations.each(container.path("env"))
        .filter(variable -> isSecret(variable.path("name").asText()))
        .filter(variable -> variable.has("value") && !isPlace(variable.path("value")))
        .map(
            variable ->
                new Finding(
                    owner,
                    "env %s of container %s has its value in the pod"
                        .formatted(
                            variable.path("name").asText(), container.path("name").asText())));
  }

  /** Nothing, or the path of a file. */
  private static boolean isPlace(JsonNode value) {
    return value.isTextual() && FILE_OR_NOTHING.matcher(value.textValue()).matches();
  }

  private static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name).matches() && !WHERE_IT_IS.matcher(name).matches();
  }

  private static Stream<Finding> rights(Pod pod) {
    var host =
        Stream.of("hostNetwork", "hostPID", "hostIPC")
            .filter(name -> pod.spec().path(name).asBoolean())
            .map(name -> new Finding(pod.owner(), name + " is 'true'"));
    return Stream.concat(host, pod.containers().flatMap(container -> rights(pod, container)));
  }

  private static Stream<Finding> rights(Pod pod, JsonNode container) {
    var own = container.path("securityContext");
    var name = " of container " + container.path("name").asText();
    var privileged = Values.at(own, "privileged");
    var nonRoot =
        first(
            Values.at(own, "runAsNonRoot"), Values.at(pod.spec(), "securityContext.runAsNonRoot"));
    var escalation = Values.at(own, "allowPrivilegeEscalation");
    return Stream.of(
            unless(!privileged.asBoolean(), pod, "privileged" + name, privileged),
            unless(nonRoot.asBoolean(), pod, "runAsNonRoot" + name, nonRoot),
            unless(!escalation.asBoolean(true), pod, "allowPrivilegeEscalation" + name, escalation))
        .flatMap(part -> part);
  }

  private static JsonNode first(JsonNode one, JsonNode other) {
    return Values.isAbsent(one) ? other : one;
  }

  private static Stream<Finding> unless(boolean good, Pod pod, String setting, JsonNode value) {
    return good || Values.isHidden(value)
        ? Stream.empty()
        : Stream.of(Finding.of(pod.owner(), setting, value));
  }
}
