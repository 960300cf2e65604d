package dev.neonstack.components.neon.namespace;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.scheduling.v1.PriorityClass;
import com.pulumi.kubernetes.scheduling.v1.PriorityClassArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.neon.kube.Home;
import java.util.Map;
import java.util.TreeMap;

/**
 * The namespace of Neon: Pod Security {@code restricted} enforced, a network shut but for what Neon
 * needs, and two priorities. Removing it removes every volume in it, the log of safekeepers
 * included, so that production protects it.
 */
public final class NeonNamespace extends ComponentResource {
  /** Above whatever has no priority, so that storage is scheduled first and evicted last. */
  private static final int STORAGE_PRIORITY = 1_000_000;

  private static final int SERVICE_PRIORITY = 900_000;

  private final String declaredName;
  private final Output<String> name;

  /** Declares the namespace and its rules. */
  public NeonNamespace(String name, NamespaceSpec spec, ComponentResourceOptions options) {
    super("neonstack:neon:NeonNamespace", name, options);
    this.declaredName = spec.name();
    var namespace =
        new Namespace(
            name,
            NamespaceArgs.builder().metadata(metadata(spec.name())).build(),
            CustomResourceOptions.builder().parent(this).protect(spec.protectedData()).build());
    this.name = namespace.metadata().applyValue(found -> found.name().orElse(spec.name()));
    var child = CustomResourceOptions.builder().parent(this).build();
    NetworkPolicies.of(this.name, spec.network())
        .forEach((policy, args) -> new NetworkPolicy(name + "-" + policy, args, child));
    new PriorityClass(
        name + "-storage",
        priority(storagePriority(spec.name()), STORAGE_PRIORITY, "Neon's storage"),
        child);
    new PriorityClass(
        name + "-service",
        priority(servicePriority(spec.name()), SERVICE_PRIORITY, "Neon's proxy and control plane"),
        child);
    registerOutputs(Map.of("name", this.name));
  }

  /** Where everything else of Neon goes. */
  public Home home() {
    return new Home(declaredName, name);
  }

  /** The PriorityClass of the storage in a namespace of this name. */
  public static String storagePriority(String namespace) {
    return namespace + "-storage";
  }

  /** The PriorityClass of proxy and control plane in a namespace of this name. */
  public static String servicePriority(String namespace) {
    return namespace + "-service";
  }

  private static ObjectMetaArgs metadata(String name) {
    var labels = new TreeMap<String, String>();
    labels.put("app.kubernetes.io/part-of", "neonstack");
    for (var mode : new String[] {"enforce", "audit", "warn"}) {
      labels.put("pod-security.kubernetes.io/" + mode, "restricted");
      labels.put("pod-security.kubernetes.io/" + mode + "-version", "latest");
    }
    return ObjectMetaArgs.builder().name(name).labels(labels).build();
  }

  private static PriorityClassArgs priority(String name, int value, String description) {
    return PriorityClassArgs.builder()
        .metadata(ObjectMetaArgs.builder().name(name).build())
        .value(value)
        .globalDefault(false)
        .description(description)
        .build();
  }
}
