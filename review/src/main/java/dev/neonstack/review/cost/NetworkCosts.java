package dev.neonstack.review.cost;

import dev.neonstack.review.Declared;
import java.math.BigDecimal;
import java.util.List;

/** Gateways, load balancers, addresses and endpoints. */
final class NetworkCosts {
  private static final String PUBLIC_SUBNET = "kubernetes.io/role/elb";
  private static final String SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";

  private final Bill bill;

  NetworkCosts(Bill bill) {
    this.bill = bill;
  }

  void add() {
    bill.addSome(
        "NAT gateways",
        count(bill.of("aws:ec2/natGateway:NatGateway").count()),
        "gateway",
        "nat.gateway",
        "");
    var services =
        bill.of("kubernetes:core/v1:Service")
            .filter(service -> service.input("spec.type").asText().equals("LoadBalancer"))
            .toList();
    loadBalancers(services);
    addresses(services);
    bill.of("aws:ec2/vpcEndpoint:VpcEndpoint").forEach(this::endpoint);
    bill.leaveOut("data transfer to the internet and between zones");
    bill.leaveOut("data through NAT gateways and interface endpoints");
    bill.leaveOut("requests to KMS, snapshots, support, tax and discounts");
  }

  private void loadBalancers(List<Declared> services) {
    var own =
        bill.of("aws:lb/loadBalancer:LoadBalancer")
            .filter(one -> one.input("loadBalancerType").asText().equals("network"))
            .count();
    var others = bill.of("aws:lb/loadBalancer:LoadBalancer").count() - own;
    var network = count(services.size() + own);
    bill.addSome("Network load balancers", network, "NLB", "nlb", "");
    bill.addSome("Application load balancers", count(others), "ALB", "alb", "without capacity");
    if (network.signum() > 0) {
      var units = bill.usage().nlbCapacityUnits();
      bill.addSome(
          "Network load balancers, capacity",
          units.multiply(network),
          "NLCU",
          "nlb.capacity",
          "assumed");
      bill.assume(units + " capacity unit(s) used by each load balancer on average");
    }
  }

  /** A load balancer that faces the internet has an address in each public subnet. */
  private void addresses(List<Declared> services) {
    var facing =
        services.stream()
            .filter(
                service ->
                    service
                        .input("metadata.annotations")
                        .path(SCHEME)
                        .asText()
                        .equals("internet-facing"))
            .count();
    var subnets =
        bill.of("aws:ec2/subnet:Subnet")
            .filter(subnet -> subnet.input("tags").has(PUBLIC_SUBNET))
            .count();
    bill.addSome(
        "Public IPv4 addresses",
        count(bill.of("aws:ec2/eip:Eip").count() + facing * subnets),
        "address",
        "ipv4",
        "");
  }

  private void endpoint(Declared endpoint) {
    var isInterface = endpoint.input("vpcEndpointType").asText().equals("Interface");
    bill.add(
        "VPC endpoint " + endpoint.name(),
        count(isInterface ? Math.max(1, endpoint.input("subnetIds").size()) : 1),
        isInterface ? "zone" : "gateway",
        isInterface ? "endpoint.interface" : "endpoint.gateway",
        isInterface ? "" : "gateway endpoints are free");
  }

  private static BigDecimal count(long number) {
    return BigDecimal.valueOf(number);
  }
}
