package dev.neonstack.operator.model;

import dev.neonstack.controlplane.spec.SpecDocument;
import dev.neonstack.operator.api.NeonCompute;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Who reaches a compute, and whom it reaches. Port 3081, where compute_ctl takes extensions and
 * grants from anybody without asking who that is, is open to nobody.
 */
public final class Policy {
  private static final int PAGES = 6400;
  private static final int WAL = 5454;
  private static final int DNS = 53;
  private static final LabelSelector ALL = new LabelSelectorBuilder().build();

  private Policy() {}

  /** The policy of a compute. */
  public static NetworkPolicy of(NeonCompute compute, PodSettings settings) {
    var name = compute.getMetadata().getName();
    return new NetworkPolicyBuilder()
        .withMetadata(Attached.metadata(compute, name))
        .withNewSpec()
        .withPodSelector(
            new LabelSelectorBuilder()
                .withMatchLabels(Map.of(Labels.MANAGED_BY, Labels.OPERATOR, Labels.COMPUTE, name))
                .build())
        .withPolicyTypes("Ingress", "Egress")
        .withIngress(ingress(settings))
        .withEgress(egress(settings))
        .endSpec()
        .build();
  }

  private static List<NetworkPolicyIngressRule> ingress(PodSettings settings) {
    var reach = settings.reach();
    var rules = new ArrayList<NetworkPolicyIngressRule>();
    var clients = new ArrayList<>(List.of(tcp(SpecDocument.POSTGRES_PORT)));
    settings.pooler().ifPresent(image -> clients.add(tcp(Sidecars.POOLER_PORT)));
    rules.add(rule(pods(reach.clients()), clients));
    rules.add(rule(pods(reach.controlPlane()), List.of(tcp(ComputePod.HTTP_PORT))));
    reach
        .scrapers()
        .ifPresent(
            namespace -> {
              var ports = new ArrayList<>(List.of(tcp(ComputePod.HTTP_PORT)));
              settings.exporter().ifPresent(image -> ports.add(tcp(Sidecars.EXPORTER_PORT)));
              rules.add(rule(namespace(namespace), ports));
            });
    return rules;
  }

  private static NetworkPolicyIngressRule rule(
      NetworkPolicyPeer from, List<NetworkPolicyPort> ports) {
    return new NetworkPolicyIngressRuleBuilder().withFrom(from).withPorts(ports).build();
  }

  private static NetworkPolicyPeer pods(Map<String, String> labels) {
    return new NetworkPolicyPeerBuilder()
        .withNamespaceSelector(ALL)
        .withPodSelector(new LabelSelectorBuilder().withMatchLabels(labels).build())
        .build();
  }

  private static NetworkPolicyPeer namespace(String name) {
    return new NetworkPolicyPeerBuilder()
        .withNamespaceSelector(
            new LabelSelectorBuilder()
                .withMatchLabels(Map.of("kubernetes.io/metadata.name", name))
                .build())
        .build();
  }

  private static List<NetworkPolicyEgressRule> egress(PodSettings settings) {
    return List.of(
        to(tcp(PAGES), tcp(WAL), tcp(port(settings.controlPlane()))),
        to(tcp(DNS), new NetworkPolicyPort(null, new IntOrString(DNS), "UDP")));
  }

  private static NetworkPolicyEgressRule to(NetworkPolicyPort... ports) {
    return new NetworkPolicyEgressRule(Arrays.asList(ports), List.of());
  }

  private static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
  }

  private static NetworkPolicyPort tcp(int port) {
    return new NetworkPolicyPort(null, new IntOrString(port), "TCP");
  }
}
