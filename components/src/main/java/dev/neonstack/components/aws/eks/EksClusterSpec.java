package dev.neonstack.components.aws.eks;

import static java.util.Objects.requireNonNull;

import dev.neonstack.components.aws.network.Cidr;
import dev.neonstack.components.aws.network.LogRetention;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A cluster to have.
 *
 * @param name unique in the account and region, and for life
 * @param vpcCidr addresses of the VPC
 * @param serviceCidr addresses of services, none of the VPC's; for life
 * @param publicAccess where the API server is reached from outside the VPC; empty: from nowhere
 * @param administrators by a name of our choice, who may do everything. Whoever makes the cluster
 *     is one anyway and must not be listed: EKS refuses a second entry
 * @param logs what the control plane logs
 * @param logDays how many days CloudWatch keeps it
 * @param deletionProtection whether AWS refuses to delete the cluster, and Pulumi its key
 * @param addonVersions of the add-ons without which no node is ready: vpc-cni and kube-proxy
 */
public record EksClusterSpec(
    String name,
    EksVersion version,
    Cidr vpcCidr,
    Cidr serviceCidr,
    List<Cidr> publicAccess,
    Map<String, PrincipalArn> administrators,
    Set<ControlPlaneLog> logs,
    int logDays,
    boolean deletionProtection,
    AddonVersions addonVersions) {
  /** How the name of a cluster is written. */
  public static final String NAME = "up to 60 letters, digits and hyphens, a letter first";

  /** What the addresses of services can be. */
  public static final String SERVICE_CIDR =
      "a network from /12 to /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, apart from"
          + " the VPC's";

  private static final Pattern NAME_FORM = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,59}");
  private static final Pattern ENTRY_FORM = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final List<Cidr> PRIVATE =
      List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("172.16.0.0/12"), Cidr.parse("192.168.0.0/16"));

  public EksClusterSpec {
    requireNonNull(version, "version is null");
    requireNonNull(addonVersions, "addonVersions is null");
    publicAccess = List.copyOf(publicAccess);
    administrators = Map.copyOf(administrators);
    logs = logs.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(logs));
    if (!isName(name)) {
      throw new IllegalArgumentException("name is '%s'; expected %s".formatted(name, NAME));
    }
    if (!isServiceCidr(serviceCidr, vpcCidr)) {
      throw new IllegalArgumentException(
          "serviceCidr is %s and the VPC is %s; expected %s"
              .formatted(serviceCidr, vpcCidr, SERVICE_CIDR));
    }
    if (publicAccess.contains(Cidr.EVERYWHERE)) {
      throw new IllegalArgumentException(
          "publicAccess has %s, the whole internet; expected networks that people come from"
              .formatted(Cidr.EVERYWHERE));
    }
    for (var entry : administrators.keySet()) {
      if (!ENTRY_FORM.matcher(entry).matches()) {
        throw new IllegalArgumentException(
            "administrator is '%s'; expected a name of small letters, digits and hyphens"
                .formatted(entry));
      }
    }
    LogRetention.require("logDays", logDays);
  }

  public static boolean isName(String text) {
    return NAME_FORM.matcher(text).matches();
  }

  /** Whether services of a cluster in that VPC can have these addresses. */
  public static boolean isServiceCidr(Cidr services, Cidr vpc) {
    return services.prefix() >= 12
        && services.prefix() <= 24
        && PRIVATE.stream().anyMatch(range -> range.contains(services))
        && !services.overlaps(vpc);
  }
}
