package dev.neonstack.review.policy;

import static dev.neonstack.review.policy.CheckedRule.rule;
import static dev.neonstack.review.policy.Declarations.aws;

import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** Rules for keys and what all AWS resources share. */
final class AccountRules {
  private static final String KEY = aws("kms", "Key");

  /** Types that can have tags and that people pay for or act by. */
  private static final List<String> TAGGED =
      List.of(
          aws("cloudwatch", "LogGroup"),
          aws("ebs", "Volume"),
          aws("ec2", "Eip"),
          aws("ec2", "FlowLog"),
          aws("ec2", "Instance"),
          aws("ec2", "InternetGateway"),
          aws("ec2", "LaunchTemplate"),
          aws("ec2", "NatGateway"),
          aws("ec2", "RouteTable"),
          aws("ec2", "SecurityGroup"),
          aws("ec2", "Subnet"),
          aws("ec2", "Vpc"),
          aws("ec2", "VpcEndpoint"),
          aws("eks", "Addon"),
          aws("eks", "Cluster"),
          aws("eks", "NodeGroup"),
          "eks:index:Cluster",
          "eks:index:ManagedNodeGroup",
          aws("iam", "OpenIdConnectProvider"),
          aws("iam", "Policy"),
          aws("iam", "Role"),
          aws("lb", "LoadBalancer"),
          aws("s3", "Bucket"),
          aws("s3", "BucketV2"),
          aws("sqs", "Queue"),
          KEY,
          RegistryRules.REPOSITORY);

  private AccountRules() {}

  static List<CheckedRule> all() {
    return List.of(
        rule("tags", "all tags the stack asks for")
            .because("Without them nobody knows whose it is and who pays.")
            .change(
                "Set them in defaultTags of the aws provider, or in tags of the resource.",
                (all, profile) -> all.of(TAGGED).flatMap(one -> tags(all, profile, one))),
        rule("kms-rotation", "enableKeyRotation true")
            .because("A key that never changes is worth more to a thief every year.")
            .change(
                "Set enableKeyRotation true.",
                (all, profile) ->
                    all.of(KEY)
                        .filter(AccountRules::isSymmetric)
                        .flatMap(
                            one -> Finding.unless(one, "enableKeyRotation", Finding.is("true")))),
        rule("stateful-kept", "protect and retainOnDelete")
            .because("What is lost here cannot be made again.")
            .inProduction()
            .change(
                "Give the resource the options protect and retainOnDelete.",
                (all, profile) ->
                    Stream.concat(all.of(BucketRules.BUCKETS), all.of(KEY, NodeRules.VOLUME))
                        .flatMap(AccountRules::keeping)));
  }

  private static Stream<Finding> tags(Declarations all, Profile profile, Declared one) {
    var own = one.input("tags");
    if (Values.isHidden(own)) {
      return Stream.empty();
    }
    var has = new HashSet<>(all.defaultTags());
    own.fieldNames().forEachRemaining(has::add);
    var missing = profile.tags().stream().filter(tag -> !has.contains(tag)).toList();
    return missing.isEmpty()
        ? Stream.empty()
        : Stream.of(new Finding(one, "tags " + missing + " are missing"));
  }

  private static boolean isSymmetric(Declared key) {
    var kind = key.input("customerMasterKeySpec");
    return Values.isAbsent(kind) || kind.asText().equals("SYMMETRIC_DEFAULT");
  }

  private static Stream<Finding> keeping(Declared one) {
    var keeping = one.keeping();
    return keeping.protect() && keeping.retainOnDelete()
        ? Stream.empty()
        : Stream.of(
            new Finding(
                one,
                "protect is %s and retainOnDelete is %s"
                    .formatted(keeping.protect(), keeping.retainOnDelete())));
  }
}
