package dev.neonstack.components.aws.services;

import com.pulumi.core.Output;
import dev.neonstack.components.aws.iam.Condition;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Resources;
import dev.neonstack.components.aws.iam.Statement;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Karpenter may do: start machines with the tags of its cluster and the role of nodes, and
 * stop those. It makes no instance profiles, since it is given one.
 */
final class KarpenterPolicy {
  private static final String POOL = "karpenter.sh/nodepool";
  private static final String CLUSTER = "eks:eks-cluster-name";

  private final ServiceCluster cluster;

  private KarpenterPolicy(ServiceCluster cluster) {
    this.cluster = cluster;
  }

  static PolicyDocument of(
      ServiceCluster cluster, Output<String> nodeRoleArn, Output<String> queueArn) {
    var policy = new KarpenterPolicy(cluster);
    return PolicyDocument.of(
        policy.useWhatIsThere(),
        policy.useOwnTemplates(),
        policy.start(),
        policy.tagNew(),
        policy.tagOwn(),
        policy.stop(),
        policy.read(),
        policy.readImages(),
        policy.readPrices(),
        policy.readProfile(),
        policy.listProfiles(),
        policy.readCluster(),
        passNodeRole(nodeRoleArn),
        readNotices(queueArn));
  }

  private Statement useWhatIsThere() {
    return Statement.allow(
        "UseWhatIsThere",
        List.of("ec2:CreateFleet", "ec2:RunInstances"),
        Resources.of(
            List.of(
                cluster.publicArn("ec2", cluster.region(), "image/*"),
                cluster.publicArn("ec2", cluster.region(), "snapshot/*"),
                cluster.arn("ec2", "security-group/*"),
                cluster.arn("ec2", "subnet/*"))));
  }

  private Statement useOwnTemplates() {
    return Statement.allow(
        "UseOwnTemplates",
        List.of("ec2:CreateFleet", "ec2:RunInstances"),
        Resources.of(cluster.arn("ec2", "launch-template/*")),
        owned("aws:ResourceTag"),
        pool("aws:ResourceTag"));
  }

  private Statement start() {
    return Statement.allow(
        "Start",
        List.of("ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"),
        made(),
        owned("aws:RequestTag"),
        pool("aws:RequestTag"),
        Condition.of("StringEquals", "aws:RequestTag/" + CLUSTER, cluster.name()));
  }

  private Statement tagNew() {
    return Statement.allow(
        "TagNew",
        List.of("ec2:CreateTags"),
        made(),
        owned("aws:RequestTag"),
        pool("aws:RequestTag"),
        Condition.of("StringEquals", "aws:RequestTag/" + CLUSTER, cluster.name()),
        Condition.of(
            "StringEquals",
            "ec2:CreateAction",
            "CreateFleet",
            "CreateLaunchTemplate",
            "RunInstances"));
  }

  private Statement tagOwn() {
    return Statement.allow(
        "TagOwn",
        List.of("ec2:CreateTags"),
        Resources.of(cluster.arn("ec2", "instance/*")),
        owned("aws:ResourceTag"),
        pool("aws:ResourceTag"),
        Condition.of("StringEqualsIfExists", "aws:RequestTag/" + CLUSTER, cluster.name()),
        Condition.of(
            "ForAllValues:StringEquals", "aws:TagKeys", CLUSTER, "karpenter.sh/nodeclaim", "Name"));
  }

  private Statement stop() {
    return Statement.allow(
        "Stop",
        List.of("ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"),
        Resources.of(
            List.of(cluster.arn("ec2", "instance/*"), cluster.arn("ec2", "launch-template/*"))),
        owned("aws:ResourceTag"),
        pool("aws:ResourceTag"));
  }

  private Statement read() {
    return Statement.allow(
        "Read",
        List.of(
            "ec2:DescribeCapacityReservations",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceStatus",
            "ec2:DescribeInstanceTypeOfferings",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeInstances",
            "ec2:DescribeLaunchTemplates",
            "ec2:DescribePlacementGroups",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSpotPriceHistory",
            "ec2:DescribeSubnets"),
        Resources.any(),
        Condition.of("StringEquals", "aws:RequestedRegion", cluster.region()));
  }

  private Statement readImages() {
    return Statement.allow(
        "ReadImages",
        List.of("ssm:GetParameter"),
        Resources.of(cluster.publicArn("ssm", cluster.region(), "parameter/aws/service/*")));
  }

  private Statement readPrices() {
    return Statement.allow("ReadPrices", List.of("pricing:GetProducts"), Resources.any());
  }

  private Statement readProfile() {
    return Statement.allow(
        "ReadProfile",
        List.of("iam:GetInstanceProfile"),
        Resources.of(
            cluster
                .accountId()
                .applyValue(
                    account ->
                        "arn:%s:iam::%s:instance-profile/*"
                            .formatted(cluster.partition(), account))));
  }

  private Statement listProfiles() {
    return Statement.allow("ListProfiles", List.of("iam:ListInstanceProfiles"), Resources.any());
  }

  private Statement readCluster() {
    return Statement.allow(
        "ReadCluster",
        List.of("eks:DescribeCluster"),
        Resources.of(cluster.name().apply(name -> cluster.arn("eks", "cluster/" + name))));
  }

  private static Statement passNodeRole(Output<String> nodeRoleArn) {
    return Statement.allow(
        "PassNodeRole",
        List.of("iam:PassRole"),
        Resources.of(nodeRoleArn),
        Condition.of(
            "StringEquals", "iam:PassedToService", "ec2.amazonaws.com", "ec2.amazonaws.com.cn"));
  }

  private static Statement readNotices(Output<String> queueArn) {
    return Statement.allow(
        "ReadNotices",
        List.of("sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"),
        Resources.of(queueArn));
  }

  private Resources made() {
    return Resources.of(
        Stream.of(
                "fleet/*",
                "instance/*",
                "launch-template/*",
                "network-interface/*",
                "spot-instances-request/*",
                "volume/*")
            .map(resource -> cluster.arn("ec2", resource))
            .toList());
  }

  private Condition owned(String prefix) {
    return new Condition("StringEquals", cluster.ownershipTag(prefix), List.of(Output.of("owned")));
  }

  /**
   * Tagged as Karpenter tags what it makes. The value cannot be asked for: Karpenter looks whether
   * a node class works by dry runs whose tag names no pool and is empty.
   */
  private static Condition pool(String prefix) {
    return Condition.of("StringLike", "%s/%s".formatted(prefix, POOL), "*");
  }
}
