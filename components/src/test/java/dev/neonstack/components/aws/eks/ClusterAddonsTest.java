package dev.neonstack.components.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.aws.AwsRecorder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ClusterAddonsTest {
  private static final String ADDON = "eks:index:Addon";

  private final AwsRecorder aws = new AwsRecorder();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @ParameterizedTest
  @EnumSource(NodePreset.class)
  void theyComeAfterTheNodesOfThePinnedPlugin(NodePreset preset) {
    declare(preset, AddonVersions.NONE, Optional.empty());

    assertThat(aws.the("neonstack:aws:ClusterAddons").name()).isEqualTo("addons");
    assertThat(aws.ofType(ADDON))
        .isNotEmpty()
        .allMatch(one -> one.parent().equals("addons"))
        .allMatch(one -> one.remote() && one.version().equals("4.3.0"))
        .allMatch(one -> one.at("resolveConflictsOnCreate").equals("OVERWRITE"))
        .allMatch(one -> one.at("resolveConflictsOnUpdate").equals("OVERWRITE"))
        .allMatch(one -> one.at("cluster", "urn").toString().endsWith("eks:index:Cluster::eks"))
        .allMatch(
            one ->
                preset.groups().stream()
                    .allMatch(group -> one.dependencies().contains("nodes-" + group.name())));
  }

  @Test
  void eachIsNamedAsEksNamesIt() {
    declare(NodePreset.MINIMAL, AddonVersions.NONE, Optional.empty());

    assertThat(aws.ofType(ADDON).stream().map(one -> one.at("addonName")))
        .containsExactlyInAnyOrder("coredns", "eks-pod-identity-agent", "aws-ebs-csi-driver");
    assertThat(aws.ofType(ADDON))
        .allMatch(one -> one.name().equals("addons-" + one.at("addonName")))
        .allMatch(one -> one.at("addonVersion").equals("absent"))
        .allMatch(one -> one.at("serviceAccountRoleArn").equals("absent"));
  }

  @Test
  void onlyTheEbsDriverHasARole() {
    declare(NodePreset.MINIMAL, AddonVersions.NONE, Optional.of("arn:of:ebs"));

    assertThat(aws.ofType(ADDON))
        .allMatch(
            one ->
                one.at("serviceAccountRoleArn")
                    .equals(
                        one.at("addonName").equals("aws-ebs-csi-driver")
                            ? "arn:of:ebs"
                            : "absent"));
  }

  @Test
  void theInstanceStoreDriverIsThereWhereAGroupWantsIt() {
    var system = Nodes.group("system", Purpose.SYSTEM, 1, 1, 1, "t3.large");
    var storage = Nodes.withDisks(LocalDisks.CSI, "i4i.large");
    declare(List.of(system, storage), AddonVersions.NONE, Optional.empty());

    assertThat(aws.ofType(ADDON).stream().map(one -> one.at("addonName")))
        .contains("aws-ec2-local-instance-store-csi-driver");
  }

  @Test
  void versionsCanBePinned() {
    var versions = new AddonVersions(Map.of(EksAddon.COREDNS, "v1.12.1-eksbuild.2"));
    declare(NodePreset.MINIMAL, versions, Optional.empty());

    assertThat(aws.the(ADDON, "addons-coredns").at("addonVersion")).isEqualTo("v1.12.1-eksbuild.2");
  }

  private void declare(NodePreset preset, AddonVersions versions, Optional<String> role) {
    declare(preset.groups(), versions, role);
  }

  private void declare(List<NodeGroupSpec> wanted, AddonVersions versions, Optional<String> role) {
    aws.run(
        context -> {
          var network = Clusters.network();
          var cluster = Clusters.cluster(network);
          var groups = new NodeGroupsSpec(wanted, false, Map.of());
          var nodes = new NodeGroups("nodes", groups, cluster, network, null);
          var spec = new ClusterAddonsSpec(versions, role.map(Output::of));
          new ClusterAddons("addons", spec, cluster, nodes, null);
        });
  }
}
