package dev.neonstack.components.aws.services;

import com.pulumi.core.Output;
import dev.neonstack.components.aws.iam.Condition;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Resources;
import dev.neonstack.components.aws.iam.Statement;
import java.util.List;

/**
 * What the load balancer controller may do. It is less than the policy its project publishes:
 * network load balancers only, and only those that carry the name of the cluster.
 */
final class LoadBalancerPolicy {
  private static final String OWNER = "elbv2.k8s.aws/cluster";
  private static final String ELB = "elasticloadbalancing.amazonaws.com";

  private final ServiceCluster cluster;
  private final Resources groups;
  private final Resources balancers;
  private final Resources listeners;

  private LoadBalancerPolicy(ServiceCluster cluster) {
    this.cluster = cluster;
    this.groups = Resources.of(cluster.arn("ec2", "security-group/*"));
    this.balancers =
        Resources.of(
            List.of(
                cluster.arn("elasticloadbalancing", "loadbalancer/net/*/*"),
                cluster.arn("elasticloadbalancing", "targetgroup/*/*")));
    this.listeners = Resources.of(cluster.arn("elasticloadbalancing", "listener/net/*/*/*"));
  }

  static PolicyDocument of(ServiceCluster cluster) {
    var policy = new LoadBalancerPolicy(cluster);
    return PolicyDocument.of(
        policy.serviceLinkedRole(),
        policy.read(),
        policy.makeSecurityGroupsInVpc(),
        policy.makeOwnSecurityGroups(),
        policy.tagNewSecurityGroups(),
        policy.tagOwnSecurityGroups(),
        policy.changeOwnSecurityGroups(),
        policy.openNodes(),
        policy.makeBalancers(),
        policy.tagNewBalancers(),
        policy.tagOwnBalancers(),
        policy.changeOwnBalancers(),
        policy.makeListeners(),
        policy.changeListeners());
  }

  /** AWS makes it once in the life of an account. */
  private Statement serviceLinkedRole() {
    return Statement.allow(
        "ServiceLinkedRole",
        List.of("iam:CreateServiceLinkedRole"),
        Resources.of(
            cluster.accountId().applyValue(account -> serviceRole(cluster.partition(), account))),
        Condition.of("StringEquals", "iam:AWSServiceName", ELB));
  }

  private static String serviceRole(String partition, String account) {
    return "arn:%s:iam::%s:role/aws-service-role/%s/AWSServiceRoleForElasticLoadBalancing"
        .formatted(partition, account, ELB);
  }

  private Statement read() {
    return Statement.allow(
        "Read",
        List.of(
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeAddresses",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstances",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeTags",
            "ec2:DescribeVpcs",
            "ec2:GetSecurityGroupsForVpc",
            "elasticloadbalancing:DescribeCapacityReservation",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeListenerCertificates",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth"),
        Resources.any());
  }

  /** The call acts on the VPC and on the group; only the group has tags. */
  private Statement makeSecurityGroupsInVpc() {
    return Statement.allow(
        "MakeSecurityGroupsInVpc", List.of("ec2:CreateSecurityGroup"), Resources.of(vpc()));
  }

  private Statement makeOwnSecurityGroups() {
    return Statement.allow(
        "MakeOwnSecurityGroups", List.of("ec2:CreateSecurityGroup"), groups, asked());
  }

  private Statement tagNewSecurityGroups() {
    return Statement.allow(
        "TagNewSecurityGroups",
        List.of("ec2:CreateTags"),
        groups,
        Condition.of("StringEquals", "ec2:CreateAction", "CreateSecurityGroup"),
        asked());
  }

  private Statement tagOwnSecurityGroups() {
    return Statement.allow(
        "TagOwnSecurityGroups",
        List.of("ec2:CreateTags", "ec2:DeleteTags"),
        groups,
        own(),
        ownerUntouched());
  }

  private Statement changeOwnSecurityGroups() {
    return Statement.allow(
        "ChangeOwnSecurityGroups",
        List.of(
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:DeleteSecurityGroup",
            "ec2:RevokeSecurityGroupIngress"),
        groups,
        own());
  }

  /** The group of the nodes is not the controller's, and has to let its load balancers in. */
  private Statement openNodes() {
    return Statement.allow(
        "OpenNodes",
        List.of("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"),
        groups,
        Condition.of("ArnEquals", "ec2:Vpc", vpc()));
  }

  private Statement makeBalancers() {
    return Statement.allow(
        "MakeBalancers",
        List.of(
            "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"),
        balancers,
        asked());
  }

  private Statement tagNewBalancers() {
    return Statement.allow(
        "TagNewBalancers",
        List.of("elasticloadbalancing:AddTags"),
        balancers,
        Condition.of(
            "StringEquals",
            "elasticloadbalancing:CreateAction",
            "CreateLoadBalancer",
            "CreateTargetGroup"),
        asked());
  }

  private Statement tagOwnBalancers() {
    return Statement.allow(
        "TagOwnBalancers",
        List.of("elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"),
        balancers,
        own(),
        ownerUntouched());
  }

  private Statement changeOwnBalancers() {
    return Statement.allow(
        "ChangeOwnBalancers",
        List.of(
            "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:DeregisterTargets",
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:ModifyTargetGroup",
            "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:SetIpAddressType",
            "elasticloadbalancing:SetSecurityGroups",
            "elasticloadbalancing:SetSubnets"),
        balancers,
        own());
  }

  private Statement makeListeners() {
    return Statement.allow(
        "MakeListeners",
        List.of("elasticloadbalancing:CreateListener"),
        Resources.of(cluster.arn("elasticloadbalancing", "loadbalancer/net/*/*")),
        own());
  }

  private Statement changeListeners() {
    return Statement.allow(
        "ChangeListeners",
        List.of(
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyListenerAttributes",
            "elasticloadbalancing:RemoveTags"),
        listeners);
  }

  private Output<String> vpc() {
    return Output.tuple(cluster.accountId(), cluster.vpcId())
        .applyValue(
            known ->
                "arn:%s:ec2:%s:%s:vpc/%s"
                    .formatted(cluster.partition(), cluster.region(), known.t1, known.t2));
  }

  private Condition asked() {
    return Condition.of("StringEquals", "aws:RequestTag/" + OWNER, cluster.name());
  }

  private Condition own() {
    return Condition.of("StringEquals", "aws:ResourceTag/" + OWNER, cluster.name());
  }

  private Condition ownerUntouched() {
    return Condition.of("Null", "aws:RequestTag/" + OWNER, "true");
  }
}
