package dev.neonstack.components.aws.network;

import com.pulumi.aws.cloudwatch.LogGroup;
import com.pulumi.aws.cloudwatch.LogGroupArgs;
import com.pulumi.aws.ec2.FlowLog;
import com.pulumi.aws.ec2.FlowLogArgs;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicy;
import com.pulumi.aws.iam.RolePolicyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Principal;
import dev.neonstack.components.aws.iam.Resources;
import dev.neonstack.components.aws.iam.Statement;
import java.util.List;
import java.util.Map;

/** Who talked to whom in a VPC, taken or refused, in CloudWatch. */
final class FlowLogs extends ComponentResource {
  FlowLogs(
      String name,
      String clusterName,
      Output<String> vpcId,
      int days,
      ComponentResourceOptions options) {
    super("neonstack:aws:FlowLogs", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var group =
        new LogGroup(
            name,
            LogGroupArgs.builder()
                .name("/aws/vpc/%s/flow-logs".formatted(clusterName))
                .retentionInDays(days)
                .build(),
            child);
    var role =
        new Role(
            name + "-role", RoleArgs.builder().assumeRolePolicy(trust().json()).build(), child);
    var permissions =
        new RolePolicy(
            name + "-permissions",
            RolePolicyArgs.builder().role(role.name()).policy(permissions(group).json()).build(),
            child);
    new FlowLog(
        name + "-log",
        FlowLogArgs.builder()
            .vpcId(vpcId)
            .trafficType("ALL")
            .logDestinationType("cloud-watch-logs")
            .logDestination(group.arn())
            .iamRoleArn(role.arn())
            .build(),
        CustomResourceOptions.builder().parent(this).dependsOn(permissions).build());
    registerOutputs(Map.of("logGroup", group.name()));
  }

  private static PolicyDocument trust() {
    return PolicyDocument.of(
        Statement.trust(
            "FlowLogs",
            Principal.service("vpc-flow-logs.amazonaws.com"),
            List.of("sts:AssumeRole")));
  }

  private static PolicyDocument permissions(LogGroup group) {
    var streams = group.arn().applyValue(arn -> arn + ":*");
    return PolicyDocument.of(
        Statement.allow("FindGroup", List.of("logs:DescribeLogGroups"), Resources.any()),
        Statement.allow(
            "Write",
            List.of("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
            Resources.of(List.of(group.arn(), streams))));
  }
}
