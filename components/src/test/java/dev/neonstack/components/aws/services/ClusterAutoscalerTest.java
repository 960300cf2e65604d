package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.aws.RecordedAccount;
import dev.neonstack.components.aws.services.ClusterAutoscaler.Spec;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClusterAutoscalerTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void itIsAsInTheGoldenFile() {
    cluster.run(
        context -> new ClusterAutoscaler("scaler", new Spec(Clusters.irsa(), "1.36"), null));

    Golden.assertSame("aws-cluster-autoscaler", cluster);
  }

  @Test
  void itMaySizeTheTaggedGroupsOfItsClusterOnly() {
    declare();

    Policies.assertTrustsOnly(
        account, "scaler", "system:serviceaccount:kube-system:cluster-autoscaler");
    Policies.assertLeast(account, "scaler", Set.of("Read"));
    var sizing = Policies.statement(account, "scaler", "SizeOwnGroups");
    assertThat(sizing.at("/Condition").toString())
        .isEqualTo(
            "{\"StringEquals\":{\"aws:ResourceTag/k8s.io/cluster-autoscaler/enabled\":[\"true\"],"
                + "\"aws:ResourceTag/k8s.io/cluster-autoscaler/one\":[\"owned\"]}}");
    assertThat(Policies.texts(sizing.at("/Action")))
        .containsExactly(
            "autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup");
  }

  @Test
  void everythingBelongsToIt() {
    declare();

    assertThat(account.parents().values())
        .containsOnly("ClusterAutoscaler scaler", "WorkloadRole scaler");
  }

  @Test
  void aVersionOfKubernetesWithoutAnImageIsRefused() {
    assertThatThrownBy(() -> new Spec(Clusters.irsa(), "1.37"))
        .hasMessageContaining("kubernetesVersion is '1.37'; expected one of 1.35, 1.36");
  }

  private void declare() {
    account.run(
        context -> new ClusterAutoscaler("scaler", new Spec(Clusters.irsa(), "1.36"), null));
  }
}
