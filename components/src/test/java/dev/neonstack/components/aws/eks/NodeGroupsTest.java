package dev.neonstack.components.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.aws.AwsRecorder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeGroupsTest {
  private static final String GROUP = "eks:index:ManagedNodeGroup";
  private static final String TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
  private static final String ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
  private static final List<String> POLICIES =
      List.of(
          "AmazonEKSWorkerNodePolicy",
          "AmazonEC2ContainerRegistryPullOnly",
          "AmazonEKS_CNI_Policy");

  private final AwsRecorder aws = new AwsRecorder();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everythingIsAChildOfTheNodeGroups(boolean preview) {
    aws.run(preview, context -> declare(spec(NodePreset.PRODUCTION)));

    assertThat(aws.the("neonstack:aws:NodeGroups").name()).isEqualTo("nodes");
    assertThat(aws.everything())
        .filteredOn(one -> one.name().startsWith("nodes-"))
        .hasSize(1 + 3 + 3 + 3)
        .allMatch(one -> one.parent().equals("nodes"));
  }

  @Test
  void nodesHaveARoleThatPullsImagesAndJoinsBeforeTheyStart() {
    aws.run(context -> declare(spec(NodePreset.MINIMAL)));

    var trust = aws.the("aws:iam/role:Role", "nodes-role").json("assumeRolePolicy");
    assertThat(trust.at("/Statement/0/Principal").toString())
        .isEqualTo("{\"Service\":\"ec2.amazonaws.com\"}");
    assertThat(trust.at("/Statement/0/Action").toString()).isEqualTo("[\"sts:AssumeRole\"]");
    assertThat(aws.ofType(ATTACHMENT).stream().map(one -> one.at("policyArn")))
        .containsExactlyInAnyOrderElementsOf(
            POLICIES.stream().map(policy -> "arn:aws:iam::aws:policy/" + policy).toList());
    assertThat(aws.ofType(ATTACHMENT)).allMatch(one -> one.at("role").equals("nodes-role"));
    assertThat(aws.the(GROUP).dependencies())
        .containsAll(POLICIES.stream().map(policy -> "nodes-" + policy).toList());
  }

  @Test
  void theWayOutIsThereBeforeTheNodesAndStaysUntilTheyAreGone() {
    aws.run(context -> declare(spec(NodePreset.MINIMAL)));

    assertThat(aws.the(GROUP).dependencies())
        .contains(
            "net-nat-eu-central-1a",
            "net-private-eu-central-1a-default",
            "net-private-eu-central-1a-routes",
            "net-public-default",
            "net-s3");
  }

  @Test
  void aShellOnNodesIsASetting() {
    aws.run(context -> declare(new NodeGroupsSpec(NodePreset.MINIMAL.groups(), true, Map.of())));

    assertThat(aws.the(ATTACHMENT, "nodes-AmazonSSMManagedInstanceCore").at("policyArn"))
        .isEqualTo("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore");
  }

  @Test
  void aGroupRunsAmazonLinux2023InThePrivateSubnetsOfAllZones() {
    aws.run(context -> declare(spec(NodePreset.PRODUCTION)));

    var group = aws.the(GROUP, "nodes-storage");
    assertThat(group.remote()).isTrue();
    assertThat(group.version()).isEqualTo("4.3.0");
    assertThat(group.at("version")).isEqualTo("1.36");
    assertThat(group.at("amiType")).isEqualTo("AL2023_x86_64_STANDARD");
    assertThat(group.at("instanceTypes")).isEqualTo(List.of("i4i.4xlarge", "i7i.4xlarge"));
    assertThat(group.at("nodeRoleArn")).isEqualTo("arn:of:nodes-role");
    assertThat(group.at("subnetIds"))
        .isEqualTo(
            List.of(
                "net-private-eu-central-1a-id",
                "net-private-eu-central-1b-id",
                "net-private-eu-central-1c-id"));
    assertThat(group.at("launchTemplate"))
        .isEqualTo(Map.of("id", "nodes-storage-template-id", "version", "7"));
    assertThat(group.dependencies()).contains("eks");
  }

  @Test
  void aGroupOfGravitonRunsTheImageForIt() {
    var arm = Nodes.group("system", Purpose.SYSTEM, 2, 2, 2, "m7g.large");
    aws.run(context -> declare(new NodeGroupsSpec(List.of(arm), false, Map.of())));

    assertThat(aws.the(GROUP).at("amiType")).isEqualTo("AL2023_ARM_64_STANDARD");
  }

  @Test
  void theClusterOfAGroupIsPassedAsAResource() {
    aws.run(context -> declare(spec(NodePreset.MINIMAL)));

    assertThat(aws.the(GROUP).at("cluster", "urn").toString()).endsWith("eks:index:Cluster::eks");
  }

  @Test
  void nodesAreLabelledAndThoseForOnePurposeTainted() {
    aws.run(context -> declare(spec(NodePreset.PRODUCTION)));

    for (var purpose : List.of("storage", "compute")) {
      var group = aws.the(GROUP, "nodes-" + purpose);
      assertThat(group.at("labels")).isEqualTo(Map.of("neonstack.dev/node", purpose));
      assertThat(group.at("taints"))
          .isEqualTo(
              List.of(
                  Map.of("key", "neonstack.dev/node", "value", purpose, "effect", "NO_SCHEDULE")));
    }
    var system = aws.the(GROUP, "nodes-system");
    assertThat(system.at("labels")).isEqualTo(Map.of("neonstack.dev/node", "system"));
    assertThat(system.at("taints")).isEqualTo(List.of());
  }

  @Test
  void onlyTheSizeOfAnAutoscaledGroupIsLeftToTheAutoscaler() {
    aws.run(context -> declare(spec(NodePreset.STANDARD)));

    var compute = aws.the(GROUP, "nodes-compute");
    assertThat(compute.at("ignoreScalingChanges")).isEqualTo(true);
    assertThat(compute.at("scalingConfig"))
        .isEqualTo(Map.of("minSize", 0.0, "desiredSize", 0.0, "maxSize", 6.0));
    var system = aws.the(GROUP, "nodes-system");
    assertThat(system.at("ignoreScalingChanges")).isEqualTo(false);
    assertThat(system.at("scalingConfig"))
        .isEqualTo(Map.of("minSize", 3.0, "desiredSize", 3.0, "maxSize", 3.0));
  }

  @Test
  void podsCannotAskForTheRoleOfTheNode() {
    aws.run(context -> declare(spec(NodePreset.PRODUCTION)));

    assertThat(aws.ofType(TEMPLATE))
        .hasSize(3)
        .allMatch(
            one ->
                one.at("metadataOptions")
                    .equals(
                        Map.of(
                            "httpEndpoint", "enabled",
                            "httpTokens", "required",
                            "httpPutResponseHopLimit", 1.0)));
  }

  @Test
  void theRootVolumeIsEncrypted() {
    aws.run(context -> declare(spec(NodePreset.STANDARD)));

    var volume = aws.the(TEMPLATE, "nodes-compute-template");
    assertThat(volume.at("blockDeviceMappings"))
        .isEqualTo(
            List.of(
                Map.of(
                    "deviceName",
                    "/dev/xvda",
                    "ebs",
                    Map.of(
                        "volumeType", "gp3",
                        "volumeSize", 200.0,
                        "encrypted", "true",
                        "deleteOnTermination", "true"))));
  }

  @Test
  void machinesAndVolumesAreTaggedForTheBill() {
    aws.run(
        context ->
            declare(new NodeGroupsSpec(NodePreset.MINIMAL.groups(), false, Map.of("team", "db"))));

    var template = aws.the(TEMPLATE);
    for (var index : List.of(0, 1, 2)) {
      assertThat(template.at("tagSpecifications", index, "tags"))
          .isEqualTo(Map.of("team", "db", "Name", "neon-system", "neonstack.dev/node", "system"));
    }
    assertThat(template.at("tagSpecifications", 0, "resourceType")).isEqualTo("instance");
    assertThat(template.at("tagSpecifications", 1, "resourceType")).isEqualTo("volume");
  }

  @Test
  void nodeadmMakesAnArrayOfLocalDisksWhereToldTo() {
    var storage = Nodes.withDisks(LocalDisks.RAID0, "i4i.large");
    aws.run(context -> declare(withSystem(storage)));

    var data = (String) aws.the(TEMPLATE, "nodes-storage-template").at("userData");
    var text = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    var boundary = text.replaceAll("(?s).*boundary=\"([^\"]+)\".*", "$1");
    assertThat(text).startsWith("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=");
    assertThat(text.split("--" + boundary, -1)).hasSize(3);
    assertThat(text.split("--" + boundary, -1)[1])
        .isEqualTo(
            """

            Content-Type: application/node.eks.aws

            apiVersion: node.eks.aws/v1alpha1
            kind: NodeConfig
            spec:
              instance:
                localStorage:
                  strategy: RAID0

            """);
    assertThat(text).endsWith("\n--" + boundary + "--\n");
  }

  @Test
  void otherwiseEksAloneSaysHowNodesStart() {
    aws.run(context -> declare(withSystem(Nodes.withDisks(LocalDisks.CSI, "i4i.large"))));

    assertThat(aws.ofType(TEMPLATE)).allMatch(one -> one.at("userData").equals("absent"));
    assertThat(aws.ofType(TEMPLATE)).allMatch(one -> one.at("imageId").equals("absent"));
  }

  private static NodeGroupsSpec spec(NodePreset preset) {
    return new NodeGroupsSpec(preset.groups(), false, Map.of());
  }

  private static NodeGroupsSpec withSystem(NodeGroupSpec storage) {
    var system = Nodes.group("system", Purpose.SYSTEM, 1, 1, 1, "t3.large");
    return new NodeGroupsSpec(List.of(system, storage), false, Map.of());
  }

  private static void declare(NodeGroupsSpec spec) {
    var network = Clusters.network();
    var nodes = new NodeGroups("nodes", spec, Clusters.cluster(network), network, null);
    assertThat(PulumiTest.extractValue(nodes.roleArn())).isEqualTo("arn:of:nodes-role");
  }
}
