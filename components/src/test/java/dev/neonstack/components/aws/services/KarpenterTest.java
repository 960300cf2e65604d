package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.aws.RecordedAccount;
import dev.neonstack.components.aws.services.ComputePool.Capacity;
import dev.neonstack.components.aws.services.ComputePool.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KarpenterTest {
  private static final Network NETWORK =
      new Network(
          List.of(Output.of("subnet-a"), Output.of("subnet-b")), List.of(Output.of("sg-nodes")));

  private final RecordedCluster cluster = new RecordedCluster();
  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void itIsAsInTheGoldenFile() {
    cluster.run(context -> new Karpenter("karpenter", spec(), null));

    Golden.assertSame("aws-karpenter", cluster);
  }

  @Test
  void itMayStartAndStopMachinesThatKarpenterTaggedForItsClusterOnly() {
    declare();

    Policies.assertTrustsOnly(account, "karpenter", "system:serviceaccount:kube-system:karpenter");
    Policies.assertLeast(account, "karpenter", Set.of("ListProfiles", "Read", "ReadPrices"));
    for (var sid : Set.of("Start", "TagNew")) {
      assertThat(condition(sid, "aws:RequestTag/kubernetes.io/cluster/one")).isEqualTo("owned");
      assertThat(like(sid, "aws:RequestTag/karpenter.sh/nodepool")).isEqualTo("*");
    }
    for (var sid : Set.of("Stop", "TagOwn", "UseOwnTemplates")) {
      assertThat(condition(sid, "aws:ResourceTag/kubernetes.io/cluster/one")).isEqualTo("owned");
      assertThat(like(sid, "aws:ResourceTag/karpenter.sh/nodepool")).isEqualTo("*");
    }
  }

  @Test
  void anUpdateEndsWhenKarpenterCanStartNodes() {
    cluster.run(context -> new Karpenter("karpenter", spec(), null));

    assertThat(cluster.ofKind("EC2NodeClass"))
        .singleElement()
        .extracting(one -> one.at("metadata", "annotations", "pulumi.com/waitFor"))
        .isEqualTo("condition=Ready");
  }

  @Test
  void itPassesTheRoleOfNodesAndNoOther() {
    declare();

    var pass = Policies.statement(account, "karpenter", "PassNodeRole");
    assertThat(Policies.texts(pass.at("/Resource")))
        .containsExactly("arn:aws:iam::123456789012:role/nodes");
    assertThat(account.the("InstanceProfile", "karpenter").at("role")).isEqualTo("nodes");
    assertThat(account.the("RolePolicy", "karpenter-controller").inputs().get("policy").toString())
        .doesNotContain("iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile");
  }

  @Test
  void onlyTheFourNoticesFillTheQueue() {
    declare();

    assertThat(account.the("Queue", "karpenter-interruptions").at("sqsManagedSseEnabled"))
        .isEqualTo(true);
    var policy = account.the("QueuePolicy", "karpenter-interruptions").json("policy");
    var notices = policy.at("/Statement").get(0);
    assertThat(notices.at("/Principal/Service").textValue()).isEqualTo("events.amazonaws.com");
    assertThat(notices.at("/Condition/ArnEquals").get("aws:SourceArn")).hasSize(4);
    var plaintext = policy.at("/Statement").get(1);
    assertThat(plaintext.at("/Effect").textValue()).isEqualTo("Deny");
    assertThat(plaintext.at("/Condition").toString())
        .isEqualTo("{\"Bool\":{\"aws:SecureTransport\":[\"false\"]}}");
    assertThat(account.the("EventRule", "karpenter-interruptions-spot").at("eventPattern"))
        .isEqualTo(
            "{\"detail-type\":[\"EC2 Spot Instance Interruption Warning\"],\"source\":[\"aws.ec2\"]}");
    assertThat(account.the("EventTarget", "karpenter-interruptions-spot").at("arn"))
        .isEqualTo("arn:aws:sqs:eu-central-1:123456789012:karpenter-interruptions");
  }

  @Test
  void itIsThereBeforeItsPoolAndStaysUntilThePoolIsDrained() {
    cluster.run(context -> new Karpenter("karpenter", spec(), null));

    assertThat(cluster.before("Release", "karpenter"))
        .contains("Release karpenter-crd", "ServiceAccount karpenter");
    assertThat(cluster.before("EC2NodeClass", "karpenter-class")).contains("Release karpenter");
    assertThat(cluster.before("NodePool", "karpenter"))
        .contains("Release karpenter", "EC2NodeClass karpenter-class");
  }

  @Test
  void everythingBelongsToIt() {
    declare();

    assertThat(account.parents().values())
        .containsOnly(
            "InterruptionQueue karpenter-interruptions",
            "Karpenter karpenter",
            "WorkloadRole karpenter");
  }

  @Test
  void poolsThatKarpenterWouldNotMakeAreRefused() {
    assertThatThrownBy(() -> pool(List.of(), "latest"))
        .hasMessage("instanceTypes is empty; expected one or more");
    assertThatThrownBy(() -> pool(List.of("m7i"), "latest"))
        .hasMessage("instance type is 'm7i'; expected one of EC2, such as m7i.xlarge");
    assertThatThrownBy(() -> pool(List.of("m7i.xlarge"), "newest"))
        .hasMessageContaining("amiVersion is 'newest'; expected latest, or a release of AL2023");
    assertThatThrownBy(() -> new Network(List.of(), List.of(Output.of("sg-nodes"))))
        .hasMessage("0 subnets and 1 security groups are given; expected one or more of each");
  }

  private String condition(String sid, String key) {
    return condition(sid, "StringEquals", key);
  }

  private String like(String sid, String key) {
    return condition(sid, "StringLike", key);
  }

  private String condition(String sid, String operator, String key) {
    return Policies.statement(account, "karpenter", sid)
        .at("/Condition/" + operator)
        .get(key)
        .get(0)
        .textValue();
  }

  private void declare() {
    account.run(context -> new Karpenter("karpenter", spec(), null));
  }

  private static Karpenter.Spec spec() {
    return new Karpenter.Spec(
        Clusters.irsa(),
        Output.of("arn:aws:iam::123456789012:role/nodes"),
        pool(List.of("m7i.xlarge", "m7i.2xlarge"), "v20260701"));
  }

  private static ComputePool pool(List<String> instanceTypes, String amiVersion) {
    return new ComputePool(
        instanceTypes,
        Capacity.ON_DEMAND,
        64,
        256,
        amiVersion,
        ComputePool.DEFAULT_ROOT_VOLUME_GIB,
        ComputePool.DEFAULT_MAX_AGE,
        NETWORK,
        Map.of("stack", "dev"));
  }
}
