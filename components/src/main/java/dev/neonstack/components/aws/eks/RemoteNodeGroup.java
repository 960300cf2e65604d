package dev.neonstack.components.aws.eks;

import com.pulumi.aws.eks.inputs.NodeGroupLaunchTemplateArgs;
import com.pulumi.aws.eks.inputs.NodeGroupScalingConfigArgs;
import com.pulumi.aws.eks.inputs.NodeGroupTaintArgs;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;

/**
 * A node group as pulumi-eks makes it. Its name is made unique, so that one that has to be replaced
 * is there before the old one goes.
 */
final class RemoteNodeGroup extends ComponentResource {
  RemoteNodeGroup(String name, Args args, ComponentResourceOptions options) {
    super("eks:index:ManagedNodeGroup", name, args, PulumiEks.options(options), true);
  }

  /** The SDK reads the fields by reflection. */
  @SuppressWarnings("UnusedVariable")
  static final class Args extends ResourceArgs {
    @Import(name = "cluster", required = true)
    private final Output<RemoteCluster> cluster;

    @Import(name = "version")
    private final Output<String> version;

    @Import(name = "amiType")
    private final Output<String> amiType;

    @Import(name = "instanceTypes")
    private final Output<List<String>> instanceTypes;

    @Import(name = "launchTemplate")
    private final Output<NodeGroupLaunchTemplateArgs> launchTemplate;

    @Import(name = "nodeRoleArn")
    private final Output<String> nodeRoleArn;

    @Import(name = "subnetIds")
    private final Output<List<String>> subnetIds;

    @Import(name = "scalingConfig")
    private final Output<NodeGroupScalingConfigArgs> scalingConfig;

    @Import(name = "ignoreScalingChanges")
    private final Boolean ignoreScalingChanges;

    @Import(name = "labels")
    private final Output<Map<String, String>> labels;

    @Import(name = "taints")
    private final Output<List<NodeGroupTaintArgs>> taints;

    Args(
        NodeGroupSpec spec,
        EksCluster cluster,
        Output<String> nodeRoleArn,
        Output<List<String>> subnetIds,
        Output<NodeGroupLaunchTemplateArgs> launchTemplate) {
      this.cluster = Output.of(cluster.remote());
      this.version = Output.of(cluster.version().toString());
      this.amiType = Output.of(spec.architecture().amiType());
      this.instanceTypes =
          Output.of(spec.instanceTypes().stream().map(InstanceType::toString).toList());
      this.launchTemplate = launchTemplate;
      this.nodeRoleArn = nodeRoleArn;
      this.subnetIds = subnetIds;
      this.scalingConfig =
          Output.of(
              NodeGroupScalingConfigArgs.builder()
                  .minSize(spec.min())
                  .desiredSize(spec.desired())
                  .maxSize(spec.max())
                  .build());
      this.ignoreScalingChanges = spec.isAutoscaled();
      this.labels = Output.of(spec.purpose().labels());
      this.taints = Output.of(spec.purpose().taints().stream().map(Args::taint).toList());
    }

    private static NodeGroupTaintArgs taint(Purpose.Taint taint) {
      return NodeGroupTaintArgs.builder()
          .key(taint.key())
          .value(taint.value())
          .effect("NO_SCHEDULE")
          .build();
    }
  }
}
