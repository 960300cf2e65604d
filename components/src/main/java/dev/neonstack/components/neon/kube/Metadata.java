package dev.neonstack.components.neon.kube;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;

/** Names and labels of objects. */
public final class Metadata {
  private Metadata() {}

  /** The metadata of an object of a role. */
  public static ObjectMetaArgs.Builder of(Output<String> namespace, String name, Role role) {
    return ObjectMetaArgs.builder().name(name).namespace(namespace).labels(role.labels());
  }

  public static LabelSelectorArgs select(Role role) {
    return LabelSelectorArgs.builder().matchLabels(role.selector()).build();
  }
}
