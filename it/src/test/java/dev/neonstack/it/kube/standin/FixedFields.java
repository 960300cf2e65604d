package dev.neonstack.it.kube.standin;

import dev.neonstack.it.standin.Fixed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields that cannot be changed once an object is there: what Pulumi's plugin takes for such,
 * ConfigMaps and Secrets included, since their readers see no change.
 */
final class FixedFields {
  private static final List<String> IDENTITY =
      List.of("apiVersion", "kind", "metadata.name", "metadata.namespace");

  private static final Map<String, List<String>> BY_KIND =
      Map.of(
          "StatefulSet",
          List.of(
              "spec.podManagementPolicy",
              "spec.revisionHistoryLimit",
              "spec.selector",
              "spec.serviceName",
              "spec.volumeClaimTemplates"),
          "Deployment",
          List.of("spec.selector"),
          "DaemonSet",
          List.of("spec.selector"),
          "Job",
          List.of("spec.completions", "spec.parallelism", "spec.selector", "spec.template"),
          "Pod",
          List.of("spec"),
          "PersistentVolumeClaim",
          List.of("spec"),
          "Secret",
          List.of("type"),
          "Service",
          List.of("spec.clusterIP"),
          "StorageClass",
          List.of("parameters", "provisioner"),
          "PriorityClass",
          List.of("value"));

  private static final List<String> ROLE = List.of("roleRef");
  private static final Map<String, List<String>> CONTENT =
      Map.of(
          "ConfigMap",
          List.of("data", "binaryData"),
          "Secret",
          List.of("type", "stringData", "data"));

  /** The new object has the name of the old one, unless it is the name that has changed. */
  private static final List<String> NAME = List.of("metadata.name", "metadata.namespace");

  private FixedFields() {}

  /**
   * The fixed fields of a kind.
   *
   * @param mutable of ConfigMap and Secret those whose content may change, as the provider is told
   */
  static Fixed of(String kind, Set<String> mutable) {
    var own = BY_KIND.getOrDefault(kind, kind.endsWith("RoleBinding") ? ROLE : List.of());
    if (CONTENT.containsKey(kind) && !mutable.contains(kind)) {
      own = CONTENT.get(kind);
    }
    return new Fixed(Stream.of(IDENTITY, own).flatMap(List::stream).toList(), NAME);
  }
}
