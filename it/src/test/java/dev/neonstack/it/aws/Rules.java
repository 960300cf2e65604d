package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.it.standin.Problems;
import dev.neonstack.it.standin.Wire;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What inputs of one resource have to do with each other. */
final class Rules {
  private static final List<String> TARGETS =
      List.of(
          "gatewayId",
          "natGatewayId",
          "vpcEndpointId",
          "transitGatewayId",
          "networkInterfaceId",
          "egressOnlyGatewayId",
          "vpcPeeringConnectionId");

  private static final Map<String, BiConsumer<JsonNode, Problems>> BY_TYPE =
      Map.of(
          "aws:ec2/route:Route", Rules::route,
          "aws:ec2/routeTableAssociation:RouteTableAssociation", Rules::association,
          "aws:ec2/vpcEndpoint:VpcEndpoint", Rules::endpoint,
          "aws:ec2/natGateway:NatGateway", Rules::nat,
          "aws:ec2/flowLog:FlowLog", Rules::flowLog,
          "aws:eks/cluster:Cluster", Rules::cluster,
          "aws:eks/nodeGroup:NodeGroup", Rules::nodeGroup,
          "aws:ssm/parameter:Parameter", Rules::parameter);

  private Rules() {}

  static void check(String type, JsonNode inputs, Problems problems) {
    BY_TYPE.getOrDefault(type, (ignored, none) -> {}).accept(inputs, problems);
  }

  private static void route(JsonNode inputs, Problems problems) {
    if (TARGETS.stream().filter(inputs::hasNonNull).count() != 1) {
      problems.add("gatewayId", "a route has exactly one target; expected one of " + TARGETS);
    }
  }

  private static void association(JsonNode inputs, Problems problems) {
    if (inputs.hasNonNull("subnetId") == inputs.hasNonNull("gatewayId")) {
      problems.add("subnetId", "a route table is associated with a subnet or a gateway");
    }
  }

  private static void endpoint(JsonNode inputs, Problems problems) {
    var gateway = !inputs.path("vpcEndpointType").asText("Gateway").equals("Interface");
    if (gateway && (inputs.hasNonNull("subnetIds") || inputs.hasNonNull("securityGroupIds"))) {
      problems.add("subnetIds", "an endpoint of type Gateway has route tables, no subnets");
    }
    if (!gateway && inputs.hasNonNull("routeTableIds")) {
      problems.add("routeTableIds", "an endpoint of type Interface has subnets, no route tables");
    }
  }

  private static void nat(JsonNode inputs, Problems problems) {
    var isPrivate = inputs.path("connectivityType").asText().equals("private");
    if (isPrivate == inputs.hasNonNull("allocationId")) {
      problems.add("allocationId", "a public NAT gateway needs an elastic IP, a private one none");
    }
  }

  private static void flowLog(JsonNode inputs, Problems problems) {
    var toLogs = inputs.path("logDestinationType").asText("cloud-watch-logs").startsWith("cloud");
    if (toLogs && !inputs.hasNonNull("iamRoleArn")) {
      problems.add("iamRoleArn", "is missing; CloudWatch takes flow logs from a role");
    }
    if (!inputs.hasNonNull("logDestination")) {
      problems.add("logDestination", "is missing");
    }
  }

  private static void cluster(JsonNode inputs, Problems problems) {
    var network = Wire.revealed(inputs.path("vpcConfig"));
    var subnets = network.path("subnetIds");
    if (subnets.isArray() && subnets.size() < 2) {
      problems.add("vpcConfig.subnetIds", "has " + subnets.size() + "; expected two at least");
    }
    var open = network.path("endpointPublicAccess").asBoolean(true);
    if (!open && !network.path("endpointPrivateAccess").asBoolean()) {
      problems.add("vpcConfig", "gives neither a private nor a public endpoint");
    }
    if (!open && network.hasNonNull("publicAccessCidrs")) {
      problems.add("vpcConfig.publicAccessCidrs", "are given, but there is no public endpoint");
    }
  }

  private static void nodeGroup(JsonNode inputs, Problems problems) {
    var scaling = Wire.revealed(inputs.path("scalingConfig"));
    if (!Wire.hasUnknown(scaling)) {
      var least = scaling.path("minSize").asInt();
      var wanted = scaling.path("desiredSize").asInt();
      var most = scaling.path("maxSize").asInt();
      if (least < 0 || least > wanted || wanted > most || most < 1) {
        problems.add(
            "scalingConfig", "is " + scaling + "; expected min <= desired <= max, 1 or more");
      }
    }
    if (inputs.hasNonNull("launchTemplate") && inputs.hasNonNull("diskSize")) {
      problems.add("diskSize", "is for the launch template to say, where there is one");
    }
    if (inputs.hasNonNull("launchTemplate") && inputs.hasNonNull("remoteAccess")) {
      problems.add("remoteAccess", "is for the launch template to say, where there is one");
    }
  }

  private static void parameter(JsonNode inputs, Problems problems) {
    if (inputs.hasNonNull("value") == inputs.hasNonNull("insecureValue")) {
      problems.add("value", "either value or insecureValue has to be given");
    }
  }
}
