package dev.neonstack.components.aws.eks;

import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.Placement.Toleration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the nodes of a group are for. */
public enum Purpose {
  /** Whatever belongs nowhere else; without a taint, so that everything may run there. */
  SYSTEM,
  /** Neon's storage alone. */
  STORAGE,
  /** Endpoints alone. */
  COMPUTE;

  /** The label of every node, and the key of the taint of those that are not for everything. */
  public static final String LABEL = "neonstack.dev/node";

  private static final String NO_SCHEDULE = "NoSchedule";

  /** What pods are kept off by unless they tolerate it. */
  record Taint(String key, String value) {}

  /** The labels of its nodes. */
  public Map<String, String> labels() {
    return Map.of(LABEL, word());
  }

  /** Where pods go that belong on its nodes, and on no others. */
  public Placement placement() {
    var tolerations =
        taints().stream()
            .map(taint -> new Toleration(taint.key(), Optional.of(taint.value()), NO_SCHEDULE))
            .toList();
    return new Placement(labels(), tolerations, Map.of());
  }

  List<Taint> taints() {
    return this == SYSTEM ? List.of() : List.of(new Taint(LABEL, word()));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
