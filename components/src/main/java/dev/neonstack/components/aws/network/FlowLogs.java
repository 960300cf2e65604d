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
import java.util.Map;

/** Who talked to whom in a VPC, taken or refused, in CloudWatch. */
final class FlowLogs extends ComponentResource {
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"FlowLogs","Effect":"Allow",\
      "Principal":{"Service":"vpc-flow-logs.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
  private static final String PERMISSIONS =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"Write","Effect":"Allow",\
      "Action":["logs:CreateLogStream","logs:DescribeLogStreams","logs:PutLogEvents"],\
      "Resource":["%1$s","%1$s:*"]}]}""";

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
    var role = new Role(name + "-role", RoleArgs.builder().assumeRolePolicy(TRUST).build(), child);
    var permissions =
        new RolePolicy(
            name + "-permissions",
            RolePolicyArgs.builder()
                .role(role.name())
                .policy(group.arn().applyValue(PERMISSIONS::formatted))
                .build(),
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
}
