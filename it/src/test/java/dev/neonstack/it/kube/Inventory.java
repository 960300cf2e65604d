package dev.neonstack.it.kube;

import java.util.Set;

/** What is left out when the objects of a cluster are counted. */
final class Inventory {
  /** Kinds whose objects a cluster makes and drops by itself. */
  static final Set<String> PASSING =
      Set.of(
          "ComponentStatus", "Event", "Lease", "PodMetrics", "NodeMetrics", "ControllerRevision");

  /** Objects that a cluster puts into every namespace, or for each of its own controllers. */
  private static final Set<String> ITS_OWN =
      Set.of("ConfigMap .*/kube-root-ca\\.crt", "ServiceAccount .*/default", ".* kube-system/.*");

  private Inventory() {}

  static boolean counts(String object) {
    return ITS_OWN.stream().noneMatch(object::matches);
  }
}
