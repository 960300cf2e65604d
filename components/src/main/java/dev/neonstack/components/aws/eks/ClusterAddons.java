package dev.neonstack.components.aws.eks;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The add-ons that need nodes: coredns, the EBS CSI driver, the agent of Pod Identity and, where a
 * group wants it, the driver that makes volumes of local disks. AWS waits twenty minutes for
 * coredns to become healthy and then gives up, so that they come after the nodes.
 */
public final class ClusterAddons extends ComponentResource {
  private final ClusterAddonsSpec spec;
  private final EksCluster cluster;

  /** Declares the add-ons. */
  public ClusterAddons(
      String name,
      ClusterAddonsSpec spec,
      EksCluster cluster,
      NodeGroups nodes,
      ComponentResourceOptions options) {
    super("neonstack:aws:ClusterAddons", name, options);
    this.spec = spec;
    this.cluster = cluster;
    var after = ComponentResourceOptions.builder().parent(this).dependsOn(nodes).build();
    wanted(nodes)
        .forEach(
            (addon, roleArn) ->
                new RemoteAddon(name + "-" + addon.addonName(), args(addon, roleArn), after));
    registerOutputs(Map.of());
  }

  /** The add-ons with their roles. */
  private Map<EksAddon, Optional<Output<String>>> wanted(NodeGroups nodes) {
    var wanted = new EnumMap<EksAddon, Optional<Output<String>>>(EksAddon.class);
    wanted.put(EksAddon.COREDNS, Optional.empty());
    wanted.put(EksAddon.POD_IDENTITY_AGENT, Optional.empty());
    wanted.put(EksAddon.EBS_CSI, spec.ebsCsiRoleArn());
    if (nodes.needInstanceStoreCsi()) {
      wanted.put(EksAddon.INSTANCE_STORE_CSI, Optional.empty());
    }
    return wanted;
  }

  private RemoteAddon.Args args(EksAddon addon, Optional<Output<String>> roleArn) {
    return new RemoteAddon.Args(addon, spec.versions().of(addon), cluster.remote(), roleArn);
  }
}
