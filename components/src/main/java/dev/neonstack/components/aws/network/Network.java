package dev.neonstack.components.aws.network;

import com.pulumi.aws.ec2.DefaultSecurityGroup;
import com.pulumi.aws.ec2.DefaultSecurityGroupArgs;
import com.pulumi.aws.ec2.Eip;
import com.pulumi.aws.ec2.EipArgs;
import com.pulumi.aws.ec2.InternetGateway;
import com.pulumi.aws.ec2.InternetGatewayArgs;
import com.pulumi.aws.ec2.NatGateway;
import com.pulumi.aws.ec2.NatGatewayArgs;
import com.pulumi.aws.ec2.Route;
import com.pulumi.aws.ec2.RouteArgs;
import com.pulumi.aws.ec2.RouteTable;
import com.pulumi.aws.ec2.RouteTableArgs;
import com.pulumi.aws.ec2.RouteTableAssociation;
import com.pulumi.aws.ec2.RouteTableAssociationArgs;
import com.pulumi.aws.ec2.Subnet;
import com.pulumi.aws.ec2.SubnetArgs;
import com.pulumi.aws.ec2.Vpc;
import com.pulumi.aws.ec2.VpcArgs;
import com.pulumi.aws.ec2.VpcEndpoint;
import com.pulumi.aws.ec2.VpcEndpointArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The network of a cluster: in every zone a large private subnet for nodes and pods and a small
 * public one for load balancers and NAT, and a way to S3 that costs nothing and leads only to our
 * own buckets and to what nodes need of AWS's.
 */
public final class Network extends ComponentResource {
  private final String name;
  private final NetworkSpec spec;
  private final CustomResourceOptions child;
  private final Vpc vpc;
  private final List<Subnet> privateSubnets;
  private final List<Subnet> publicSubnets;
  private final VpcEndpoint s3;

  /** Declares the network. */
  public Network(String name, NetworkSpec spec, ComponentResourceOptions options) {
    super("neonstack:aws:Network", name, options);
    this.name = name;
    this.spec = spec;
    this.child = CustomResourceOptions.builder().parent(this).build();
    this.vpc = vpc();
    closeDefaultSecurityGroup();
    this.privateSubnets = subnets("private", "internal-elb", spec.privateSubnets());
    this.publicSubnets = subnets("public", "elb", spec.publicSubnets());
    var tables = new ArrayList<RouteTable>();
    var gateway = internetGateway();
    tables.add(publicTable(gateway));
    tables.addAll(privateTables(natGateways(gateway)));
    this.s3 = s3Endpoint(tables);
    spec.flowLogDays().ifPresent(this::flowLogs);
    registerOutputs(
        Map.of(
            "vpcId", vpcId(),
            "privateSubnetIds", privateSubnetIds(),
            "publicSubnetIds", publicSubnetIds(),
            "s3EndpointId", s3EndpointId()));
  }

  public Output<String> vpcId() {
    return vpc.id();
  }

  /** Where nodes and pods are, in the order of the zones. */
  public Output<List<String>> privateSubnetIds() {
    return Output.all(privateSubnets.stream().map(Subnet::id).toList());
  }

  /** The same one by one. */
  public List<Output<String>> eachPrivateSubnetId() {
    return privateSubnets.stream().map(Subnet::id).toList();
  }

  /** Where load balancers for the internet are, in the order of the zones. */
  public Output<List<String>> publicSubnetIds() {
    return Output.all(publicSubnets.stream().map(Subnet::id).toList());
  }

  /** The endpoint by which S3 is reached, for bucket policies that ask for it. */
  public Output<String> s3EndpointId() {
    return s3.id();
  }

  private Vpc vpc() {
    return new Vpc(
        name,
        VpcArgs.builder()
            .cidrBlock(spec.cidr().toString())
            // The private endpoint of EKS and the endpoint of S3 are found by names of the VPC.
            .enableDnsHostnames(true)
            .enableDnsSupport(true)
            .tags(named(""))
            .build(),
        child);
  }

  /** What is started without a security group of its own shall reach nobody. */
  private void closeDefaultSecurityGroup() {
    new DefaultSecurityGroup(
        name + "-default",
        DefaultSecurityGroupArgs.builder()
            .vpcId(vpc.id())
            .ingress(List.of())
            .egress(List.of())
            .tags(named("-default"))
            .build(),
        child);
  }

  private List<Subnet> subnets(String kind, String loadBalancers, List<Cidr> networks) {
    return IntStream.range(0, networks.size())
        .mapToObj(
            index -> subnet(kind, loadBalancers, spec.zones().get(index), networks.get(index)))
        .toList();
  }

  private Subnet subnet(String kind, String loadBalancers, String zone, Cidr network) {
    var suffix = "-" + kind + "-" + zone;
    var tags =
        Map.of(
            "Name",
            spec.clusterName() + suffix,
            "kubernetes.io/role/" + loadBalancers,
            "1",
            "kubernetes.io/cluster/" + spec.clusterName(),
            "shared");
    return new Subnet(
        name + suffix,
        SubnetArgs.builder()
            .vpcId(vpc.id())
            .availabilityZone(zone)
            .cidrBlock(network.toString())
            .mapPublicIpOnLaunch(false)
            .tags(tags)
            .build(),
        child);
  }

  private InternetGateway internetGateway() {
    return new InternetGateway(
        name + "-internet",
        InternetGatewayArgs.builder().vpcId(vpc.id()).tags(named("-internet")).build(),
        child);
  }

  private RouteTable publicTable(InternetGateway gateway) {
    var table = table("public", publicSubnets);
    new Route(name + "-public-default", toEverywhere(table).gatewayId(gateway.id()).build(), child);
    return table;
  }

  private List<NatGateway> natGateways(InternetGateway gateway) {
    var count = spec.nat() == NatGateways.ONE ? 1 : spec.zones().size();
    return IntStream.range(0, count).mapToObj(index -> natGateway(index, gateway)).toList();
  }

  /** AWS wants the way to the internet to be there before what needs it. */
  private NatGateway natGateway(int index, Resource gateway) {
    var after = CustomResourceOptions.builder().parent(this).dependsOn(gateway).build();
    var suffix = "-nat-" + spec.zones().get(index);
    var address =
        new Eip(
            name + suffix + "-address",
            EipArgs.builder().domain("vpc").tags(named(suffix)).build(),
            after);
    return new NatGateway(
        name + suffix,
        NatGatewayArgs.builder()
            .allocationId(address.id())
            .subnetId(publicSubnets.get(index).id())
            .tags(named(suffix))
            .build(),
        after);
  }

  /** A table for each zone, also where one NAT gateway serves all, so that more can come later. */
  private List<RouteTable> privateTables(List<NatGateway> nat) {
    return IntStream.range(0, spec.zones().size())
        .mapToObj(index -> privateTable(index, nat.get(index % nat.size())))
        .toList();
  }

  private RouteTable privateTable(int index, NatGateway nat) {
    var kind = "private-" + spec.zones().get(index);
    var table = table(kind, List.of(privateSubnets.get(index)));
    new Route(
        name + "-" + kind + "-default", toEverywhere(table).natGatewayId(nat.id()).build(), child);
    return table;
  }

  private RouteTable table(String kind, List<Subnet> subnets) {
    var suffix = "-" + kind + "-routes";
    var table =
        new RouteTable(
            name + suffix,
            RouteTableArgs.builder().vpcId(vpc.id()).tags(named(suffix)).build(),
            child);
    for (var subnet : subnets) {
      new RouteTableAssociation(
          subnet.pulumiResourceName() + "-routes",
          RouteTableAssociationArgs.builder()
              .routeTableId(table.id())
              .subnetId(subnet.id())
              .build(),
          child);
    }
    return table;
  }

  private static RouteArgs.Builder toEverywhere(RouteTable table) {
    return RouteArgs.builder()
        .routeTableId(table.id())
        .destinationCidrBlock(Cidr.EVERYWHERE.toString());
  }

  private VpcEndpoint s3Endpoint(List<RouteTable> tables) {
    return new VpcEndpoint(
        name + "-s3",
        VpcEndpointArgs.builder()
            .vpcId(vpc.id())
            .vpcEndpointType("Gateway")
            .serviceName("com.amazonaws.%s.s3".formatted(spec.region()))
            .routeTableIds(Output.all(tables.stream().map(RouteTable::id).toList()))
            .policy(S3EndpointPolicy.json(spec))
            .tags(named("-s3"))
            .build(),
        child);
  }

  private void flowLogs(int days) {
    new FlowLogs(
        name + "-flow-logs",
        spec.clusterName(),
        vpc.id(),
        days,
        ComponentResourceOptions.builder().parent(this).build());
  }

  private Map<String, String> named(String suffix) {
    return Map.of("Name", spec.clusterName() + suffix);
  }
}
