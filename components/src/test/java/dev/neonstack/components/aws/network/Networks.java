package dev.neonstack.components.aws.network;

import java.util.List;
import java.util.Optional;

/** Networks for tests. */
public final class Networks {
  public static final String REGION = "eu-central-1";
  public static final Cidr VPC = Cidr.parse("10.20.0.0/16");

  private Networks() {}

  /** Three zones with one NAT gateway, and no flow logs. */
  public static NetworkSpec small() {
    return spec(NatGateways.ONE, Optional.empty(), "neon-data");
  }

  static NetworkSpec spec(NatGateways nat, Optional<Integer> flowLogDays, String... buckets) {
    var zones = List.of(REGION + "a", REGION + "b", REGION + "c");
    return new NetworkSpec("neon", REGION, VPC, zones, nat, flowLogDays, List.of(buckets));
  }
}
