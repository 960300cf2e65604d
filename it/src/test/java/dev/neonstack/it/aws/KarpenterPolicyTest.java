package dev.neonstack.it.aws;

import com.pulumi.Context;
import com.pulumi.core.Output;
import dev.neonstack.components.aws.iam.ClusterIdentity;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import dev.neonstack.components.aws.services.ComputePool;
import dev.neonstack.components.aws.services.Karpenter;
import dev.neonstack.components.aws.services.ServiceCluster;
import dev.neonstack.it.aws.IamEvaluator.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What IAM decides by the policy of Karpenter. */
final class KarpenterPolicyTest {
  private static MadePolicies made;

  @BeforeAll
  static void make() {
    made = MadePolicies.of(KarpenterPolicyTest::program);
  }

  /** Whether a node class works Karpenter finds out by dry runs, whose tag names no pool. */
  @Test
  void karpenterStartsWhatItTagsForItsClusterAndStopsNothingElse() {
    for (var pool : List.of("", "neon-compute")) {
      PoliciesTest.assertDecided(
          Decision.ALLOWED,
          karpenter("ec2:CreateFleet", "fleet/*", asked("one", pool)),
          karpenter("ec2:RunInstances", "instance/*", asked("one", pool)),
          karpenter("ec2:RunInstances", "volume/*", asked("one", pool)),
          karpenter("ec2:CreateLaunchTemplate", "launch-template/*", asked("one", pool)),
          karpenter("ec2:RunInstances", "launch-template/lt-1", tagged("one", pool)),
          karpenter("ec2:TerminateInstances", "instance/i-1", tagged("one", pool)),
          karpenter("ec2:DeleteLaunchTemplate", "launch-template/lt-1", tagged("one", pool)));
    }
    PoliciesTest.assertDecided(
        Decision.IMPLICITLY_DENIED,
        karpenter("ec2:RunInstances", "instance/*", asked("two", "neon-compute")),
        karpenter("ec2:RunInstances", "instance/*", Map.of()),
        karpenter("ec2:TerminateInstances", "instance/i-1", tagged("two", "neon-compute")),
        karpenter("ec2:TerminateInstances", "instance/i-1", Map.of()),
        karpenter(
            "ec2:TerminateInstances",
            "instance/i-1",
            Map.of("aws:ResourceTag/kubernetes.io/cluster/one", "owned")));
  }

  private static Call karpenter(String action, String resource, Map<String, String> context) {
    return new Call(
        PoliciesTest.session("karpenter"),
        action,
        "arn:aws:ec2:eu-central-1:123456789012:" + resource,
        PoliciesTest.carried(context),
        Optional.of(made.policy("RolePolicy", "karpenter-controller", "policy")),
        PoliciesTest.json("{}"));
  }

  private static Map<String, String> asked(String cluster, String pool) {
    return Map.of(
        "aws:RequestTag/kubernetes.io/cluster/" + cluster,
        "owned",
        "aws:RequestTag/eks:eks-cluster-name",
        cluster,
        "aws:RequestTag/karpenter.sh/nodepool",
        pool);
  }

  private static Map<String, String> tagged(String cluster, String pool) {
    return Map.of(
        "aws:ResourceTag/kubernetes.io/cluster/" + cluster,
        "owned",
        "aws:ResourceTag/karpenter.sh/nodepool",
        pool);
  }

  private static void program(Context context) {
    var issuer = "oidc.eks.eu-central-1.amazonaws.com/id/0123";
    var cluster =
        new ClusterIdentity(
            Output.of("one"),
            Output.of("arn:aws:iam::123456789012:oidc-provider/" + issuer),
            Output.of(issuer));
    var services =
        new ServiceCluster(
            cluster,
            WorkloadIdentity.IRSA,
            Optional.empty(),
            "aws",
            "eu-central-1",
            Output.of(MadePolicies.ACCOUNT),
            Output.of("vpc-01"));
    new Karpenter(
        "karpenter",
        new Karpenter.Spec(services, Output.of("arn:aws:iam::123456789012:role/nodes"), computes()),
        null);
  }

  private static ComputePool computes() {
    return new ComputePool(
        List.of("m7i.xlarge"),
        ComputePool.Capacity.ON_DEMAND,
        64,
        256,
        "v20260701",
        ComputePool.DEFAULT_ROOT_VOLUME_GIB,
        ComputePool.DEFAULT_MAX_AGE,
        new ComputePool.Network(List.of(Output.of("subnet-a")), List.of(Output.of("sg-nodes"))),
        Map.of());
  }
}
