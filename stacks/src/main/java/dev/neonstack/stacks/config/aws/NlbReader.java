package dev.neonstack.stacks.config.aws;

import dev.neonstack.components.aws.network.Cidr;
import dev.neonstack.components.aws.services.CertificateSource;
import dev.neonstack.components.aws.services.NetworkLoadBalancer;
import dev.neonstack.components.aws.services.NetworkLoadBalancer.ProxyProtocol;
import dev.neonstack.components.aws.services.NetworkLoadBalancer.Scheme;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.namespace.Outside;
import dev.neonstack.stacks.config.aws.AwsConfig.Dns;
import dev.neonstack.stacks.config.neon.NeonConfig;
import dev.neonstack.stacks.config.neon.PodReader;
import dev.neonstack.stacks.config.reading.Durations;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.Sections;
import dev.neonstack.stacks.config.reading.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the proxy behind a Network Load Balancer. */
final class NlbReader {
  private static final List<String> KEYS = keys();
  private static final String TLS_SECRET = "neon-proxy-tls";

  private final Sections sections;
  private final PodReader pods;
  private final Optional<Dns> dns;

  /**
   * What was read.
   *
   * @param clients who connects, as pods see it
   * @param healthChecks who asks whether pods are well
   */
  record Read(NeonConfig.Proxy proxy, List<String> clients, Outside healthChecks) {}

  NlbReader(Sections sections, PodReader pods, Optional<Dns> dns) {
    this.sections = sections;
    this.pods = pods;
    this.dns = dns;
  }

  Optional<Read> read(Cidr vpc) {
    if (!sections.has("proxy")) {
      return Optional.empty();
    }
    var section = sections.section("proxy", KEYS);
    var subnets = List.of(vpc.toString());
    var proxyPods = pods.proxy(section, ResourceNeeds.burstable("500m", "1Gi"));
    var valkeyPods = pods.valkey(ResourceNeeds.burstable("50m", "256Mi"));
    var replicas = section.count("replicas", 2, 99, 2);
    var secret = tlsSecret(section);
    return balancer(section)
        .map(
            balancer ->
                new Read(
                    new NeonConfig.Proxy(
                        proxyPods.with(anywhere(balancer.keepAlive())),
                        valkeyPods,
                        replicas,
                        balancer.exposure(),
                        secret),
                    balancer.clients(subnets),
                    balancer.healthChecks(subnets)));
  }

  private static Placement anywhere(Map<String, String> sysctls) {
    return new Placement(Map.of(), List.of(), sysctls);
  }

  private String tlsSecret(Section section) {
    var made = dns.filter(found -> found.certificate() == CertificateSource.CERT_MANAGER);
    return made.isPresent()
        ? section.text("tlsSecret").orElse(TLS_SECRET)
        : section.required(
            "tlsSecret", "the name of a Secret with tls.crt and tls.key", TLS_SECRET);
  }

  private Optional<NetworkLoadBalancer> balancer(Section section) {
    var scheme =
        Words.choice(
            section.problems(),
            section.path("scheme"),
            section.text("scheme"),
            Scheme.INTERNAL,
            Arrays.asList(Scheme.values()));
    var protocol =
        Words.choice(
            section.problems(),
            section.path("proxyProtocol"),
            section.text("proxyProtocol"),
            ProxyProtocol.OFF,
            Arrays.asList(ProxyProtocol.values()));
    var idle =
        section
            .parsed("idleTimeout", Durations::parse, Durations.EXPECTED, "Write it so.")
            .orElse(NetworkLoadBalancer.DEFAULT_IDLE_TIMEOUT);
    var clients = section.textList("clients");
    var crossZone = section.flag("crossZone", true);
    var port = section.count("port", 1, 65_535, Ports.POSTGRES);
    return section.checked(
        () ->
            new NetworkLoadBalancer(
                scheme,
                clients,
                crossZone,
                idle,
                protocol,
                port,
                dns.map(found -> found.zone().wildcard())));
  }

  private static List<String> keys() {
    var keys = new ArrayList<>(PodReader.NEEDS);
    keys.addAll(
        List.of(
            "replicas",
            "tlsSecret",
            "scheme",
            "clients",
            "crossZone",
            "idleTimeout",
            "proxyProtocol",
            "port"));
    return List.copyOf(keys);
  }
}
