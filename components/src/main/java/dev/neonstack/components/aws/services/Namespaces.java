package dev.neonstack.components.aws.services;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.Home;
import java.util.TreeMap;

/** Where releases go. */
final class Namespaces {
  /**
   * The namespace of what keeps the cluster going, which is there. Pods in it may be privileged and
   * may have the priority {@link #CRITICAL}.
   */
  static final Home SYSTEM = new Home("kube-system", Output.of("kube-system"));

  /** The priority of what the cluster cannot do without. */
  static final String CRITICAL = "system-cluster-critical";

  private Namespaces() {}

  /** A namespace whose pods Pod Security holds to {@code restricted}. */
  static Home restricted(Resource parent, String name, String namespace) {
    var labels = new TreeMap<>(Account.LABELS);
    labels.put("pod-security.kubernetes.io/enforce", "restricted");
    labels.put("pod-security.kubernetes.io/enforce-version", "latest");
    var made =
        new Namespace(
            name,
            NamespaceArgs.builder()
                .metadata(ObjectMetaArgs.builder().name(namespace).labels(labels).build())
                .build(),
            CustomResourceOptions.builder().parent(parent).build());
    return new Home(namespace, made.metadata().applyValue(found -> found.name().orElse(namespace)));
  }
}
