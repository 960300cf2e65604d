package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Wire;
import java.util.Optional;

/** What inputs have to do with what is there already; AWS says so when a thing is made. */
final class Surroundings {
  private static final String VPC = "aws:ec2/vpc:Vpc";
  private static final String SUBNET = "aws:ec2/subnet:Subnet";
  private static final String CLUSTER = "aws:eks/cluster:Cluster";

  private final Account account;

  Surroundings(Account account) {
    this.account = account;
  }

  /** Refuses what does not fit to what is there. */
  void admit(String type, AwsType rules, ObjectNode inputs) {
    for (var reference : rules.refers().entrySet()) {
      for (var found : Found.in(inputs, reference.getKey())) {
        require(reference.getValue(), found);
      }
    }
    if (type.equals(SUBNET)) {
      fit(inputs);
    }
    if (type.equals(CLUSTER)) {
      spread(inputs);
    }
  }

  /** Policies and aliases of AWS itself are there from the beginning. */
  private void require(String type, Found found) {
    var text = found.value().asText();
    var isOfAws = text.contains(":aws:") || text.startsWith("alias/aws/");
    if (!isOfAws && account.find(type, text).isEmpty()) {
      throw new IllegalArgumentException(
          "%s is '%s'; the account has no such %s".formatted(found.path(), text, type));
    }
  }

  private void fit(ObjectNode inputs) {
    var range = cidr(inputs).orElseThrow();
    var vpc = text(inputs, "vpcId");
    if (!cidr(account.find(VPC, vpc).orElseThrow().inputs()).orElseThrow().contains(range)) {
      throw new IllegalArgumentException(
          "cidrBlock " + text(inputs, "cidrBlock") + " is not inside the VPC's");
    }
    account
        .all(SUBNET)
        .filter(other -> text(other.inputs(), "vpcId").equals(vpc))
        .filter(other -> cidr(other.inputs()).orElseThrow().overlaps(range))
        .findFirst()
        .ifPresent(
            other -> {
              throw new IllegalArgumentException(
                  "cidrBlock " + text(inputs, "cidrBlock") + " overlaps that of " + other.id());
            });
  }

  private void spread(ObjectNode inputs) {
    var zones =
        Found.in(inputs, "vpcConfig.subnetIds[]").stream()
            .map(found -> account.find(SUBNET, found.value().asText()).orElseThrow())
            .map(subnet -> text(subnet.existing().state(), "availabilityZone"))
            .distinct()
            .toList();
    if (zones.size() < 2) {
      throw new IllegalArgumentException(
          "the subnets are in " + zones + "; EKS wants two zones at least");
    }
  }

  private static Optional<Cidr> cidr(ObjectNode inputs) {
    return Cidr.parse(text(inputs, "cidrBlock"));
  }

  private static String text(ObjectNode inputs, String property) {
    return Wire.revealed(inputs.path(property)).asText();
  }
}
