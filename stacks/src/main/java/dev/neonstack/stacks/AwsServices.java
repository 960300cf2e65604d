package dev.neonstack.stacks;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.aws.services.Autoscaler;
import dev.neonstack.components.aws.services.CertManager;
import dev.neonstack.components.aws.services.CertificateSource;
import dev.neonstack.components.aws.services.CloudNativePg;
import dev.neonstack.components.aws.services.ClusterAutoscaler;
import dev.neonstack.components.aws.services.ComputePool;
import dev.neonstack.components.aws.services.ExternalDns;
import dev.neonstack.components.aws.services.Karpenter;
import dev.neonstack.components.aws.services.LoadBalancerController;
import dev.neonstack.components.aws.services.ProxyCertificate;
import dev.neonstack.components.aws.services.Reloader;
import dev.neonstack.components.aws.services.ServiceCluster;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.stacks.config.aws.AwsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs in the cluster beside Neon, as far as the configuration needs it. */
final class AwsServices {
  private static final String NAME = "neon";
  private static final int GIB_PER_CPU = 4;

  private final AwsConfig config;
  private final AwsCluster cluster;
  private final AwsAccount account;
  private final ComponentResourceOptions options;
  private final ServiceCluster services;
  private final List<Resource> before = new ArrayList<>();
  private Optional<Resource> issuer = Optional.empty();

  /**
   * Declares what is needed.
   *
   * @param options with providers of AWS and of the cluster
   */
  AwsServices(
      AwsConfig config, AwsCluster cluster, AwsAccount account, ComponentResourceOptions options) {
    this.config = config;
    this.cluster = cluster;
    this.account = account;
    this.options = after(options, cluster.ready());
    this.services =
        new ServiceCluster(
            cluster.identity(),
            config.identity(),
            Optional.empty(),
            "aws",
            account.region(),
            account.id(),
            cluster.network().vpcId());
    before.add(cluster.ready());
    postgres();
    autoscaler();
    config.neon().proxy().ifPresent(proxy -> wayIn());
  }

  /** What has to be there before Neon's pods start, and to stay until they are gone. */
  List<Resource> before() {
    return List.copyOf(before);
  }

  /** The certificate of the proxy where the stack makes one; the proxy waits for it. */
  List<Resource> certificate(Home home) {
    if (issuer.isEmpty()) {
      return List.of();
    }
    var zone = config.dns().orElseThrow().zone();
    var secret = config.neon().proxy().orElseThrow().tlsSecret();
    var certificate =
        new ProxyCertificate(
            NAME + "-certificate",
            new ProxyCertificate.Spec(home, zone, secret),
            issuer.get(),
            options);
    return List.of(
        certificate.workload(), new Reloader(NAME + "-reloader", home, options).workload());
  }

  private void postgres() {
    if (config.neon().storage().controller().database().inside().isPresent()) {
      before.add(new CloudNativePg(NAME + "-cnpg", options).workload());
    }
  }

  private void autoscaler() {
    if (config.nodes().autoscaler() == Autoscaler.CLUSTER_AUTOSCALER) {
      before.add(
          new ClusterAutoscaler(
                  NAME + "-autoscaler",
                  new ClusterAutoscaler.Spec(services, config.cluster().version().toString()),
                  options)
              .workload());
    }
    config
        .nodes()
        .pool()
        .ifPresent(
            pool ->
                before.add(
                    new Karpenter(
                            NAME + "-karpenter",
                            new Karpenter.Spec(services, cluster.nodes().roleArn(), pool(pool)),
                            options)
                        .workload()));
  }

  private ComputePool pool(AwsConfig.Pool pool) {
    return new ComputePool(
        pool.instanceTypes().stream().map(Object::toString).toList(),
        ComputePool.Capacity.ON_DEMAND,
        pool.maxCpus(),
        pool.maxCpus() * GIB_PER_CPU,
        pool.amiVersion(),
        pool.rootVolumeGiB(),
        ComputePool.DEFAULT_MAX_AGE,
        new ComputePool.Network(
            cluster.network().eachPrivateSubnetId(), List.of(cluster.nodeSecurityGroupId())),
        account.tags());
  }

  private void wayIn() {
    before.add(
        new LoadBalancerController(
                NAME + "-load-balancers",
                new LoadBalancerController.Spec(services, account.tags()),
                options)
            .workload());
    config.dns().ifPresent(this::names);
  }

  private void names(AwsConfig.Dns dns) {
    before.add(
        new ExternalDns(NAME + "-dns", new ExternalDns.Spec(services, dns.zone()), options)
            .workload());
    if (dns.certificate() == CertificateSource.CERT_MANAGER) {
      var manager =
          new CertManager(
              NAME + "-certificates",
              new CertManager.Spec(services, dns.zone(), CertManager.LETS_ENCRYPT, dns.email()),
              options);
      issuer = Optional.of(manager.workload());
    }
  }

  private static ComponentResourceOptions after(ComponentResourceOptions options, Resource ready) {
    return ComponentResourceOptions.merge(
        options, ComponentResourceOptions.builder().dependsOn(ready).build());
  }
}
