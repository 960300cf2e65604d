package dev.neonstack.components.aws.eks;

import com.pulumi.aws.ec2.LaunchTemplate;
import com.pulumi.aws.ec2.LaunchTemplateArgs;
import com.pulumi.aws.ec2.inputs.LaunchTemplateBlockDeviceMappingArgs;
import com.pulumi.aws.ec2.inputs.LaunchTemplateBlockDeviceMappingEbsArgs;
import com.pulumi.aws.ec2.inputs.LaunchTemplateMetadataOptionsArgs;
import com.pulumi.aws.ec2.inputs.LaunchTemplateTagSpecificationArgs;
import com.pulumi.aws.eks.inputs.NodeGroupLaunchTemplateArgs;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicyAttachment;
import com.pulumi.aws.iam.RolePolicyAttachmentArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Principal;
import dev.neonstack.components.aws.iam.Statement;
import dev.neonstack.components.aws.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nodes of a cluster: managed node groups of EKS on Amazon Linux 2023, in the private subnets
 * of all zones. EKS itself makes the access entry of their role, gives them the security group of
 * the cluster, and tags their Auto Scaling groups so that the Cluster Autoscaler finds them; labels
 * and taints of a group without nodes it asks EKS for, by {@code eks:DescribeNodegroup}.
 */
public final class NodeGroups extends ComponentResource {
  /** The one for addresses is used by vpc-cni, which runs before any identity of pods can. */
  private static final List<String> POLICIES =
      List.of(
          "AmazonEKSWorkerNodePolicy",
          "AmazonEC2ContainerRegistryPullOnly",
          "AmazonEKS_CNI_Policy");

  private static final String SESSION_MANAGER = "AmazonSSMManagedInstanceCore";

  /** Where the images of Amazon Linux have their root volume. */
  private static final String ROOT_DEVICE = "/dev/xvda";

  private final String name;
  private final NodeGroupsSpec spec;
  private final EksCluster cluster;
  private final CustomResourceOptions child;
  private final Role role;

  /** Declares the nodes. */
  public NodeGroups(
      String name,
      NodeGroupsSpec spec,
      EksCluster cluster,
      Network network,
      ComponentResourceOptions options) {
    super("neonstack:aws:NodeGroups", name, options);
    this.name = name;
    this.spec = spec;
    this.cluster = cluster;
    this.child = CustomResourceOptions.builder().parent(this).build();
    this.role =
        new Role(
            name + "-role", RoleArgs.builder().assumeRolePolicy(trust().json()).build(), child);
    var before = permissions();
    // Nodes and their pods need the way out for as long as they are there.
    before.add(network);
    spec.groups().forEach(group -> nodeGroup(group, network, before));
    registerOutputs(Map.of("roleArn", role.arn()));
  }

  /**
   * The role of all nodes. Pods do not have it: the answers of the metadata service end at the
   * node.
   */
  public Output<String> roleArn() {
    return role.arn();
  }

  /** Whether claims are to find volumes on disks of nodes. */
  boolean needInstanceStoreCsi() {
    return spec.groups().stream().anyMatch(group -> group.localDisks() == LocalDisks.CSI);
  }

  private static PolicyDocument trust() {
    return PolicyDocument.of(
        Statement.trust(
            "Nodes", Principal.service("ec2.amazonaws.com"), List.of("sts:AssumeRole")));
  }

  private List<Resource> permissions() {
    var policies = new ArrayList<>(POLICIES);
    if (spec.sessionManager()) {
      policies.add(SESSION_MANAGER);
    }
    var permissions = new ArrayList<Resource>();
    policies.forEach(policy -> permissions.add(permission(policy)));
    return permissions;
  }

  private RolePolicyAttachment permission(String policy) {
    return new RolePolicyAttachment(
        name + "-" + policy,
        RolePolicyAttachmentArgs.builder()
            .role(role.name())
            .policyArn("arn:aws:iam::aws:policy/" + policy)
            .build(),
        child);
  }

  private void nodeGroup(NodeGroupSpec group, Network network, List<Resource> before) {
    var template = launchTemplate(group);
    new RemoteNodeGroup(
        name + "-" + group.name(),
        new RemoteNodeGroup.Args(
            group, cluster, role.arn(), network.privateSubnetIds(), latest(template)),
        // A node without its permissions never joins, and AWS gives up on the group.
        ComponentResourceOptions.builder().parent(this).dependsOn(before).build());
  }

  private static Output<NodeGroupLaunchTemplateArgs> latest(LaunchTemplate template) {
    return Output.of(
        NodeGroupLaunchTemplateArgs.builder()
            .id(template.id())
            .version(template.latestVersion().applyValue(String::valueOf))
            .build());
  }

  private LaunchTemplate launchTemplate(NodeGroupSpec group) {
    var args =
        LaunchTemplateArgs.builder()
            .metadataOptions(
                LaunchTemplateMetadataOptionsArgs.builder()
                    .httpEndpoint("enabled")
                    .httpTokens("required")
                    .httpPutResponseHopLimit(1)
                    .build())
            .blockDeviceMappings(rootVolume(group))
            .tagSpecifications(
                tags(group, "instance"), tags(group, "volume"), tags(group, "network-interface"))
            .updateDefaultVersion(true);
    NodeUserData.of(group.localDisks()).ifPresent(args::userData);
    return new LaunchTemplate(name + "-" + group.name() + "-template", args.build(), child);
  }

  private static LaunchTemplateBlockDeviceMappingArgs rootVolume(NodeGroupSpec group) {
    return LaunchTemplateBlockDeviceMappingArgs.builder()
        .deviceName(ROOT_DEVICE)
        .ebs(
            LaunchTemplateBlockDeviceMappingEbsArgs.builder()
                .volumeType("gp3")
                .volumeSize(group.rootVolumeGiB())
                .encrypted("true")
                .deleteOnTermination("true")
                .build())
        .build();
  }

  private LaunchTemplateTagSpecificationArgs tags(NodeGroupSpec group, String resourceType) {
    var tags = new TreeMap<>(spec.tags());
    tags.put("Name", cluster.declaredName() + "-" + group.name());
    tags.putAll(group.purpose().labels());
    return LaunchTemplateTagSpecificationArgs.builder()
        .resourceType(resourceType)
        .tags(tags)
        .build();
  }
}
