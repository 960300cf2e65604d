package dev.neonstack.stacks.config.aws;

import dev.neonstack.components.aws.eks.EksClusterSpec;
import dev.neonstack.components.aws.network.Cidr;
import dev.neonstack.components.aws.network.NetworkSpec;
import dev.neonstack.components.neon.namespace.NetworkSettings;
import dev.neonstack.components.neon.namespace.Outside;
import dev.neonstack.stacks.config.neon.NeonConfig;
import java.util.List;
import java.util.Optional;

/** What is where around the namespace on AWS, which follows from the network and the cluster. */
final class AwsFlows {
  private static final int HTTPS = 443;
  private static final int DNS = 53;
  private static final int POSTGRES = 5432;

  /** Where the Pod Identity agent of a node answers. */
  private static final Outside POD_IDENTITY =
      Outside.addresses(List.of("169.254.170.23/32"), List.of(80));

  /** S3 and the token service have no addresses of their own that would stay. */
  private static final Outside AWS =
      Outside.addresses(List.of(Cidr.EVERYWHERE.toString()), List.of(HTTPS));

  private AwsFlows() {}

  static NetworkSettings of(
      NeonConfig.Storage storage,
      NetworkSpec network,
      EksClusterSpec cluster,
      Optional<NlbReader.Read> proxy,
      Optional<String> prometheus) {
    var vpc = network.cidr().toString();
    return new NetworkSettings(
        Outside.namespace("kube-system", List.of(DNS)),
        List.of(AWS, POD_IDENTITY),
        Outside.addresses(List.of(cluster.serviceCidr().toString(), vpc), List.of(HTTPS)),
        storage
            .controller()
            .database()
            .outside()
            .map(url -> Outside.addresses(List.of(vpc), List.of(POSTGRES))),
        "cnpg-system",
        prometheus,
        proxy.map(NlbReader.Read::clients).orElse(List.of()),
        proxy.map(NlbReader.Read::healthChecks));
  }
}
