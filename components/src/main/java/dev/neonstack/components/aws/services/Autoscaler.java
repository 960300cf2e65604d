package dev.neonstack.components.aws.services;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who adds nodes for computes, and takes them away. */
public enum Autoscaler {
  /** Nobody: node groups keep the size they were given. */
  NONE,
  /** {@link ClusterAutoscaler}, within the bounds of the node groups. */
  CLUSTER_AUTOSCALER,
  /** {@link Karpenter}, without node groups for computes. */
  KARPENTER;

  /** As it is written in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Autoscaler> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Autoscaler::word).toList();
  }
}
