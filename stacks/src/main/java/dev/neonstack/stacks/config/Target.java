package dev.neonstack.stacks.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a stack lives. */
public enum Target {
  /** This machine, without cluster and account. */
  LOCAL,
  /** Amazon EKS. */
  AWS,
  /** An existing Kubernetes cluster with Ceph. */
  CORP;

  /** The word for it in a stack's configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether Neon runs in a Kubernetes cluster there. */
  boolean isCluster() {
    return this != LOCAL;
  }

  static Optional<Target> of(String word) {
    return Arrays.stream(values()).filter(target -> target.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Target::word).toList();
  }
}
