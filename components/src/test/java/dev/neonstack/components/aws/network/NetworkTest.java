package dev.neonstack.components.aws.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.aws.AwsRecorder;
import dev.neonstack.components.aws.AwsRecorder.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {
  private static final String SUBNET = "aws:ec2/subnet:Subnet";
  private static final String ROUTE = "aws:ec2/route:Route";
  private static final String TABLE = "aws:ec2/routeTable:RouteTable";
  private static final String NAT = "aws:ec2/natGateway:NatGateway";
  private static final String ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";

  private final AwsRecorder aws = new AwsRecorder();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everythingIsAChildOfTheNetwork(boolean preview) {
    aws.run(preview, context -> new Network("net", Networks.small(), null));

    assertThat(aws.the("neonstack:aws:Network").name()).isEqualTo("net");
    assertThat(aws.everything())
        .filteredOn(one -> one.type().startsWith("aws:"))
        .hasSizeGreaterThan(20)
        .allMatch(one -> one.parent().equals("net"));
  }

  @Test
  void theVpcResolvesNamesAndItsDefaultGroupIsShut() {
    declare(Networks.small());

    var vpc = aws.the("aws:ec2/vpc:Vpc", "net");
    assertThat(vpc.at("cidrBlock")).isEqualTo("10.20.0.0/16");
    assertThat(vpc.at("enableDnsHostnames")).isEqualTo(true);
    assertThat(vpc.at("enableDnsSupport")).isEqualTo(true);
    assertThat(vpc.at("tags")).isEqualTo(Map.of("Name", "neon"));
    var group = aws.the("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    assertThat(group.at("vpcId")).isEqualTo("net-id");
    assertThat(group.at("ingress")).isEqualTo(List.of());
    assertThat(group.at("egress")).isEqualTo(List.of());
  }

  @Test
  void loadBalancersFindTheSubnetsOfEachKindByTheirTags() {
    declare(Networks.small());

    assertThat(aws.ofType(SUBNET)).hasSize(6).allMatch(one -> one.at("vpcId").equals("net-id"));
    assertThat(aws.ofType(SUBNET)).allMatch(one -> one.at("mapPublicIpOnLaunch").equals(false));
    var inside = aws.the(SUBNET, "net-private-eu-central-1b");
    assertThat(inside.at("availabilityZone")).isEqualTo("eu-central-1b");
    assertThat(inside.at("cidrBlock")).isEqualTo("10.20.64.0/18");
    assertThat(inside.at("tags"))
        .isEqualTo(
            Map.of(
                "Name", "neon-private-eu-central-1b",
                "kubernetes.io/role/internal-elb", "1",
                "kubernetes.io/cluster/neon", "shared"));
    var outside = aws.the(SUBNET, "net-public-eu-central-1c");
    assertThat(outside.at("cidrBlock")).isEqualTo("10.20.224.0/20");
    assertThat(outside.at("tags"))
        .isEqualTo(
            Map.of(
                "Name", "neon-public-eu-central-1c",
                "kubernetes.io/role/elb", "1",
                "kubernetes.io/cluster/neon", "shared"));
  }

  @Test
  void oneNatGatewayServesAllZones() {
    declare(Networks.small());

    var nat = aws.the(NAT);
    assertThat(nat.name()).isEqualTo("net-nat-eu-central-1a");
    assertThat(nat.at("subnetId")).isEqualTo("net-public-eu-central-1a-id");
    assertThat(nat.at("allocationId")).isEqualTo("net-nat-eu-central-1a-address-id");
    assertThat(nat.dependencies()).contains("net-internet");
    assertThat(aws.the("aws:ec2/eip:Eip").at("domain")).isEqualTo("vpc");
    assertThat(privateRoutes())
        .hasSize(3)
        .allMatch(one -> one.at("natGatewayId").equals("net-nat-eu-central-1a-id"));
  }

  @Test
  void withANatGatewayInEachZoneNoZoneLeavesByAnother() {
    declare(Networks.spec(NatGateways.PER_ZONE, Optional.empty(), "neon-data"));

    assertThat(aws.ofType(NAT)).hasSize(3);
    for (var zone : List.of("eu-central-1a", "eu-central-1b", "eu-central-1c")) {
      assertThat(aws.the(NAT, "net-nat-" + zone).at("subnetId"))
          .isEqualTo("net-public-" + zone + "-id");
      var route = aws.the(ROUTE, "net-private-" + zone + "-default");
      assertThat(route.at("natGatewayId")).isEqualTo("net-nat-" + zone + "-id");
      assertThat(route.at("routeTableId")).isEqualTo("net-private-" + zone + "-routes-id");
      assertThat(route.at("destinationCidrBlock")).isEqualTo("0.0.0.0/0");
    }
  }

  @Test
  void publicSubnetsLeaveByTheInternetGatewayAndPrivateOnesByTheirOwnTable() {
    declare(Networks.small());

    var route = aws.the(ROUTE, "net-public-default");
    assertThat(route.at("gatewayId")).isEqualTo("net-internet-id");
    assertThat(route.at("routeTableId")).isEqualTo("net-public-routes-id");
    assertThat(aws.ofType(ASSOCIATION)).hasSize(6);
    for (var zone : List.of("eu-central-1a", "eu-central-1b", "eu-central-1c")) {
      var outside = aws.the(ASSOCIATION, "net-public-" + zone + "-routes");
      assertThat(outside.at("subnetId")).isEqualTo("net-public-" + zone + "-id");
      assertThat(outside.at("routeTableId")).isEqualTo("net-public-routes-id");
      var inside = aws.the(ASSOCIATION, "net-private-" + zone + "-routes");
      assertThat(inside.at("subnetId")).isEqualTo("net-private-" + zone + "-id");
      assertThat(inside.at("routeTableId")).isEqualTo("net-private-" + zone + "-routes-id");
    }
  }

  @Test
  void theEndpointOfS3IsInEveryRouteTable() {
    declare(Networks.small());

    var endpoint = aws.the("aws:ec2/vpcEndpoint:VpcEndpoint");
    assertThat(endpoint.at("vpcEndpointType")).isEqualTo("Gateway");
    assertThat(endpoint.at("serviceName")).isEqualTo("com.amazonaws.eu-central-1.s3");
    assertThat(endpoint.at("vpcId")).isEqualTo("net-id");
    assertThat(endpoint.at("routeTableIds"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(4)
        .hasSameElementsAs(aws.ofType(TABLE).stream().map(one -> one.name() + "-id").toList());
  }

  @Test
  void theEndpointLeadsToOurBucketsAndToWhatNodesNeedOfAwsOnly() {
    declare(Networks.spec(NatGateways.ONE, Optional.empty(), "neon-data", "neon-backup"));

    var policy = aws.the("aws:ec2/vpcEndpoint:VpcEndpoint").json("policy");
    var resources = new ArrayList<String>();
    for (var statement : policy.get("Statement")) {
      assertThat(statement.get("Effect").textValue()).isEqualTo("Allow");
      assertThat(statement.get("Principal").textValue()).isEqualTo("*");
      statement.get("Resource").forEach(one -> resources.add(one.textValue()));
    }
    assertThat(resources)
        .containsExactly(
            "arn:aws:s3:::neon-backup",
            "arn:aws:s3:::neon-backup/*",
            "arn:aws:s3:::neon-data",
            "arn:aws:s3:::neon-data/*",
            "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
            "arn:aws:s3:::prod-registry-k8s-io-eu-central-1/*",
            "arn:aws:s3:::docker-images-prod/*",
            "arn:aws:s3:::quayio-production-s3/*",
            "arn:aws:s3:::al2023-repos-eu-central-1-de612dc2/*");
    for (var index : List.of(1, 2, 3, 4, 5)) {
      assertThat(policy.at("/Statement/" + index + "/Action"))
          .singleElement()
          .isEqualTo(TextNode.valueOf("s3:GetObject"));
    }
    assertThat(policy.at("/Statement/0/Action").toString()).isEqualTo("[\"s3:*\"]");
  }

  @Test
  void withoutBucketsTheEndpointLeadsToImagesAndPackagesOnly() {
    declare(Networks.spec(NatGateways.ONE, Optional.empty()));

    var policy = aws.the("aws:ec2/vpcEndpoint:VpcEndpoint").json("policy");
    assertThat(policy.get("Statement")).hasSize(5);
  }

  @Test
  void flowLogsAreKeptAsLongAsTheSettingSays() {
    declare(Networks.spec(NatGateways.ONE, Optional.of(30), "neon-data"));

    var group = aws.the("aws:cloudwatch/logGroup:LogGroup");
    assertThat(group.at("retentionInDays")).isEqualTo(30.0);
    assertThat(group.at("name")).isEqualTo("/aws/vpc/neon/flow-logs");
    assertThat(group.parent()).isEqualTo("net-flow-logs");
    var log = aws.the("aws:ec2/flowLog:FlowLog");
    assertThat(log.at("trafficType")).isEqualTo("ALL");
    assertThat(log.at("vpcId")).isEqualTo("net-id");
    assertThat(log.at("logDestination")).isEqualTo("arn:of:net-flow-logs");
    assertThat(log.at("iamRoleArn")).isEqualTo("arn:of:net-flow-logs-role");
    assertThat(log.dependencies()).contains("net-flow-logs-permissions");
    var trust = aws.the("aws:iam/role:Role").json("assumeRolePolicy");
    assertThat(trust.at("/Statement/0/Principal/Service").textValue())
        .isEqualTo("vpc-flow-logs.amazonaws.com");
    var permissions = aws.the("aws:iam/rolePolicy:RolePolicy").json("policy");
    assertThat(permissions.at("/Statement/0/Action").toString())
        .isEqualTo("[\"logs:DescribeLogGroups\"]");
    assertThat(permissions.at("/Statement/1/Resource").toString())
        .isEqualTo("[\"arn:of:net-flow-logs\",\"arn:of:net-flow-logs:*\"]");
  }

  @Test
  void withoutTheSettingThereAreNoFlowLogs() {
    declare(Networks.small());

    assertThat(aws.ofType("aws:ec2/flowLog:FlowLog")).isEmpty();
    assertThat(aws.ofType("aws:iam/role:Role")).isEmpty();
  }

  @Test
  void itSaysWhatOthersBuildOn() {
    aws.run(
        context -> {
          var network = new Network("net", Networks.small(), null);
          assertThat(PulumiTest.extractValue(network.vpcId())).isEqualTo("net-id");
          assertThat(PulumiTest.extractValue(network.s3EndpointId())).isEqualTo("net-s3-id");
          assertThat(PulumiTest.extractValue(network.privateSubnetIds()))
              .containsExactly(
                  "net-private-eu-central-1a-id",
                  "net-private-eu-central-1b-id",
                  "net-private-eu-central-1c-id");
          assertThat(PulumiTest.extractValue(network.publicSubnetIds()))
              .containsExactly(
                  "net-public-eu-central-1a-id",
                  "net-public-eu-central-1b-id",
                  "net-public-eu-central-1c-id");
        });
  }

  private List<Asked> privateRoutes() {
    return aws.ofType(ROUTE).stream().filter(one -> one.name().startsWith("net-private-")).toList();
  }

  private void declare(NetworkSpec spec) {
    aws.run(context -> new Network("net", spec, null));
  }
}
