package dev.neonstack.components.neon.kube;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pod is for. Services, selectors and network policies tell pods apart by it. Labels are few
 * and the same for every replica: some network plugins keep no identity per pod.
 */
public enum Role {
  STORAGE_BROKER,
  STORAGE_CONTROLLER,
  SAFEKEEPER,
  SAFEKEEPER_REGISTRAR,
  PAGESERVER,
  PROXY,
  VALKEY,
  CONTROL_PLANE,
  COMPUTE;

  private static final String NAME = "app.kubernetes.io/name";
  private static final String COMPONENT = "app.kubernetes.io/component";

  /** The name of its objects, such as {@code storage-broker}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name of its service account. */
  public String account() {
    return word() + "-sa";
  }

  /** Labels of its objects. */
  public Map<String, String> labels() {
    var labels = new TreeMap<>(selector());
    labels.put("app.kubernetes.io/part-of", "neonstack");
    labels.put("app.kubernetes.io/managed-by", "pulumi");
    return labels;
  }

  /** The labels by which its pods are chosen; they never change. */
  public Map<String, String> selector() {
    return Map.of(NAME, "neon", COMPONENT, word());
  }
}
