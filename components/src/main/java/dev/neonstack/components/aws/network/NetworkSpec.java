package dev.neonstack.components.aws.network;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A network to have. Its zones are for life: with another one the subnets are cut anew, and
 * everything in them goes.
 *
 * @param clusterName the EKS cluster whose load balancers may use the subnets
 * @param region such as {@code eu-central-1}
 * @param cidr of the VPC, from /16 to /22; nodes and pods have their addresses in it
 * @param zones availability zones of the region, such as {@code eu-central-1a}
 * @param nat how private subnets reach the internet
 * @param flowLogDays how many days CloudWatch keeps the flow logs; absent: there are none
 * @param bucketNames buckets that are used from inside; others are out of reach by design
 */
public record NetworkSpec(
    String clusterName,
    String region,
    Cidr cidr,
    List<String> zones,
    NatGateways nat,
    Optional<Integer> flowLogDays,
    List<String> bucketNames) {
  /** How large the VPC can be. */
  public static final String SIZE = "a network from /16 to /22";

  /** How a region is written. AWS's partitions for China and for governments are not served. */
  public static final String REGION = "a region such as eu-central-1";

  private static final Pattern REGION_FORM = Pattern.compile("(?!cn-)[a-z]{2}-[a-z]+-[1-9]");

  public NetworkSpec {
    requireNonNull(clusterName, "clusterName is null");
    requireNonNull(nat, "nat is null");
    zones = List.copyOf(zones);
    bucketNames = List.copyOf(bucketNames);
    if (!isRegion(region)) {
      throw new IllegalArgumentException("region is '%s'; expected %s".formatted(region, REGION));
    }
    if (!isVpc(cidr)) {
      throw new IllegalArgumentException("cidr is %s; expected %s".formatted(cidr, SIZE));
    }
    if (zones.size() < 2 || Set.copyOf(zones).size() < zones.size()) {
      throw new IllegalArgumentException(
          "zones are %s; expected two or more, each once".formatted(zones));
    }
    for (var zone : zones) {
      if (!isZone(region, zone)) {
        throw new IllegalArgumentException(
            "zone is '%s'; expected one of %s, such as %sa".formatted(zone, region, region));
      }
    }
    flowLogDays.ifPresent(days -> LogRetention.require("flowLogDays", days));
  }

  public static boolean isRegion(String text) {
    return REGION_FORM.matcher(text).matches();
  }

  /** Whether the zone is one of the region. */
  public static boolean isZone(String region, String zone) {
    return zone.startsWith(region) && zone.substring(region.length()).matches("[a-z]");
  }

  /** Whether it can be a VPC. */
  public static boolean isVpc(Cidr cidr) {
    return cidr.prefix() >= 16 && cidr.prefix() <= 22;
  }

  /** One per zone, and large: every pod has an address of its own. */
  List<Cidr> privateSubnets() {
    return parts().subList(0, zones.size());
  }

  /** One per zone, cut from the last part: only load balancers and NAT gateways are there. */
  List<Cidr> publicSubnets() {
    var parts = parts();
    return parts.get(parts.size() - 1).split(zones.size()).subList(0, zones.size());
  }

  private List<Cidr> parts() {
    return cidr.split(zones.size() + 1);
  }
}
