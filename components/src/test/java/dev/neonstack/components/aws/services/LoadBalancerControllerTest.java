package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.aws.RecordedAccount;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import dev.neonstack.components.aws.services.LoadBalancerController.Spec;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoadBalancerControllerTest {
  private static final Map<String, String> TAGS = Map.of("stack", "dev");

  private final RecordedCluster cluster = new RecordedCluster();
  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void itIsAsInTheGoldenFile() {
    cluster.run(
        context -> new LoadBalancerController("balancer", new Spec(Clusters.irsa(), TAGS), null));

    Golden.assertSame("aws-load-balancer-controller", cluster);
  }

  @Test
  void onlyItsServiceAccountIsTrusted() {
    declare();

    Policies.assertTrustsOnly(
        account, "balancer", "system:serviceaccount:kube-system:aws-load-balancer-controller");
  }

  @Test
  void itMayReadEverythingAndChangeItsOwnOnly() {
    declare();

    Policies.assertLeast(account, "balancer", Set.of("Read"));
    for (var sid :
        Set.of(
            "ChangeOwnBalancers", "ChangeOwnSecurityGroups", "MakeListeners", "TagOwnBalancers")) {
      assertThat(owner(sid, "ResourceTag")).as(sid).isEqualTo("one");
    }
    for (var sid :
        Set.of(
            "MakeBalancers", "MakeOwnSecurityGroups", "TagNewBalancers", "TagNewSecurityGroups")) {
      assertThat(owner(sid, "RequestTag")).as(sid).isEqualTo("one");
    }
    assertThat(Policies.statement(account, "balancer", "OpenNodes").at("/Condition").toString())
        .isEqualTo(
            "{\"ArnEquals\":{\"ec2:Vpc\":[\"arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-01\"]}}");
  }

  @Test
  void itMayNotTakeTheOwnerOff() {
    declare();

    for (var sid : Set.of("TagOwnBalancers", "TagOwnSecurityGroups")) {
      assertThat(
              Policies.statement(account, "balancer", sid)
                  .at("/Condition/Null")
                  .get("aws:RequestTag/elbv2.k8s.aws/cluster")
                  .get(0)
                  .textValue())
          .isEqualTo("true");
    }
  }

  @Test
  void everythingBelongsToIt() {
    declare();

    assertThat(account.parents())
        .isEqualTo(
            Map.of(
                "Release balancer", "LoadBalancerController balancer",
                "Role balancer", "WorkloadRole balancer",
                "RolePolicy balancer-controller", "WorkloadRole balancer",
                "ServiceAccount balancer", "LoadBalancerController balancer"));
  }

  @Test
  void itsPodsStartWhenTheyHaveTheirRole() {
    cluster.run(
        context ->
            new LoadBalancerController(
                "balancer", new Spec(Clusters.of(WorkloadIdentity.POD_IDENTITY), TAGS), null));

    assertThat(cluster.before("Release", "balancer"))
        .contains(
            "ServiceAccount balancer",
            "PodIdentityAssociation balancer",
            "RolePolicy balancer-controller");
  }

  @Test
  void aTagThatAwsKeepsForItselfIsRefused() {
    assertThatThrownBy(() -> new Spec(Clusters.irsa(), Map.of("aws:stack", "dev")))
        .hasMessageContaining("tag is 'aws:stack'; expected a key that does not begin with aws:");
  }

  private String owner(String sid, String tag) {
    return Policies.statement(account, "balancer", sid)
        .at("/Condition/StringEquals")
        .get("aws:%s/elbv2.k8s.aws/cluster".formatted(tag))
        .get(0)
        .textValue();
  }

  private void declare() {
    account.run(
        context -> new LoadBalancerController("balancer", new Spec(Clusters.irsa(), TAGS), null));
  }
}
