package dev.neonstack.components.aws.eks;

import dev.neonstack.components.aws.network.Cidr;
import dev.neonstack.components.aws.network.Network;
import dev.neonstack.components.aws.network.Networks;
import java.util.List;
import java.util.Map;

/** Clusters for tests. */
final class Clusters {
  static final Cidr SERVICES = Cidr.parse("172.20.0.0/16");
  static final PrincipalArn ADMIN = new PrincipalArn("arn:aws:iam::123456789012:role/platform");

  private Clusters() {}

  /** As it would be in production, but reached from an office. */
  static EksClusterSpec spec() {
    return reachedFrom(Cidr.parse("198.51.100.0/24"));
  }

  static EksClusterSpec reachedFrom(Cidr... networks) {
    return new EksClusterSpec(
        "neon",
        EksVersion.DEFAULT,
        Networks.VPC,
        SERVICES,
        List.of(networks),
        Map.of("platform", ADMIN),
        ControlPlaneLog.ALL,
        90,
        true,
        AddonVersions.NONE);
  }

  static Network network() {
    return new Network("net", Networks.small(), null);
  }

  static EksCluster cluster(Network network) {
    return new EksCluster("eks", spec(), network, null);
  }
}
