package dev.neonstack.stacks;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.aws.ebs.EbsCsiDriver;
import dev.neonstack.components.aws.eks.ClusterAddons;
import dev.neonstack.components.aws.eks.ClusterAddonsSpec;
import dev.neonstack.components.aws.eks.EksCluster;
import dev.neonstack.components.aws.eks.NodeGroups;
import dev.neonstack.components.aws.eks.NodeGroupsSpec;
import dev.neonstack.components.aws.iam.ClusterIdentity;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import dev.neonstack.components.aws.iam.WorkloadRole;
import dev.neonstack.components.aws.network.Network;
import dev.neonstack.stacks.config.aws.AwsConfig;
import java.util.Optional;

/** Network, EKS, nodes and add-ons: a cluster that pods can start in. */
final class AwsCluster {
  private static final String NAME = "neon";

  private final AwsConfig config;
  private final ComponentResourceOptions options;
  private final Network network;
  private final EksCluster cluster;
  private final NodeGroups nodes;
  private final ClusterAddons addons;

  AwsCluster(AwsConfig config, AwsAccount account) {
    this.config = config;
    this.options = account.options();
    this.network = new Network(NAME + "-network", config.network(), options);
    this.cluster = new EksCluster(NAME + "-cluster", config.cluster(), network, options);
    this.nodes =
        new NodeGroups(
            NAME + "-nodes",
            new NodeGroupsSpec(config.nodes().groups(), false, account.tags()),
            cluster,
            network,
            options);
    this.addons = addons(ebsCsiRole());
  }

  private WorkloadRole ebsCsiRole() {
    return new WorkloadRole(
        NAME + "-ebs-csi",
        new WorkloadRole.Spec(
            EbsCsiDriver.ACCOUNT,
            config.identity(),
            identity(),
            EbsCsiDriver.permissions(Optional.empty()),
            Optional.empty()),
        options);
  }

  /**
   * The driver of EBS is told of its role, or EKS knows. What EKS comes to know later is of no use
   * to pods that run already.
   */
  private ClusterAddons addons(WorkloadRole ebsCsi) {
    var told =
        config.identity() == WorkloadIdentity.IRSA
            ? Optional.of(ebsCsi.arn())
            : Optional.<Output<String>>empty();
    return new ClusterAddons(
        NAME + "-addons",
        new ClusterAddonsSpec(config.cluster().addonVersions(), told),
        cluster,
        nodes,
        ComponentResourceOptions.merge(
            options, ComponentResourceOptions.builder().dependsOn(ebsCsi).build()));
  }

  ClusterIdentity identity() {
    return new ClusterIdentity(cluster.name(), cluster.oidcProviderArn(), cluster.issuerHost());
  }

  Output<String> name() {
    return cluster.name();
  }

  Output<String> kubeconfig() {
    return cluster.kubeconfig();
  }

  Network network() {
    return network;
  }

  NodeGroups nodes() {
    return nodes;
  }

  Output<String> nodeSecurityGroupId() {
    return cluster.nodeSecurityGroupId();
  }

  /** What has to be there before pods start. */
  Resource ready() {
    return addons;
  }
}
