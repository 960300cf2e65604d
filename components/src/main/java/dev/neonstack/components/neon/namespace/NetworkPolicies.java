package dev.neonstack.components.neon.namespace;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The network policies of the namespace: nothing is open but the {@link Flows}. */
final class NetworkPolicies {
  private static final List<String> BOTH_WAYS = List.of("Ingress", "Egress");

  private NetworkPolicies() {}

  /** By name: one that shuts every pod off, then one for each kind of pod. */
  static Map<String, NetworkPolicyArgs> of(Output<String> namespace, NetworkSettings settings) {
    var policies = new LinkedHashMap<String, NetworkPolicyArgs>();
    policies.put("default-deny", policy(namespace, "default-deny", Map.of(), List.of(), List.of()));
    var databaseInside = settings.database().isEmpty();
    for (var party : Party.all(databaseInside)) {
      var flows = Flows.inside(databaseInside);
      policies.put(
          party.name(),
          policy(
              namespace,
              party.name(),
              party.labels(),
              ingress(party, flows, settings),
              egress(party, flows, settings)));
    }
    return policies;
  }

  private static NetworkPolicyArgs policy(
      Output<String> namespace,
      String name,
      Map<String, String> pods,
      List<NetworkPolicyIngressRuleArgs> ingress,
      List<NetworkPolicyEgressRuleArgs> egress) {
    var spec =
        NetworkPolicySpecArgs.builder()
            .podSelector(LabelSelectorArgs.builder().matchLabels(pods).build())
            .policyTypes(BOTH_WAYS);
    if (!ingress.isEmpty()) {
      spec.ingress(ingress);
    }
    if (!egress.isEmpty()) {
      spec.egress(egress);
    }
    return NetworkPolicyArgs.builder()
        .metadata(ObjectMetaArgs.builder().name(name).namespace(namespace).build())
        .spec(spec.build())
        .build();
  }

  private static List<NetworkPolicyIngressRuleArgs> ingress(
      Party party, List<Flows.Inside> flows, NetworkSettings settings) {
    var rules = new ArrayList<NetworkPolicyIngressRuleArgs>();
    if (party.equals(Party.of(Role.PROXY))) {
      rules.add(fromClients(settings.clients()));
    }
    for (var flow : flows) {
      if (flow.to().equals(party)) {
        rules.add(from(List.of(pods(flow.from())), flow.ports()));
      }
    }
    for (var outside : Flows.in(party, settings)) {
      rules.add(from(outside.peers(), outside.ports()));
    }
    return rules;
  }

  private static NetworkPolicyIngressRuleArgs fromClients(List<String> cidrs) {
    var rule = NetworkPolicyIngressRuleArgs.builder().ports(tcp(List.of(Ports.PROXY)));
    if (!cidrs.isEmpty()) {
      rule.from(Outside.addresses(cidrs, List.of(Ports.PROXY)).peers());
    }
    return rule.build();
  }

  private static NetworkPolicyIngressRuleArgs from(
      List<NetworkPolicyPeerArgs> peers, List<Integer> ports) {
    return NetworkPolicyIngressRuleArgs.builder().from(peers).ports(tcp(ports)).build();
  }

  private static List<NetworkPolicyEgressRuleArgs> egress(
      Party party, List<Flows.Inside> flows, NetworkSettings settings) {
    var rules = new ArrayList<NetworkPolicyEgressRuleArgs>();
    for (var flow : flows) {
      if (flow.from().equals(party)) {
        rules.add(to(List.of(pods(flow.to())), tcp(flow.ports())));
      }
    }
    for (var outside : Flows.out(party, settings)) {
      rules.add(to(outside.peers(), tcp(outside.ports())));
    }
    if (!rules.isEmpty()) {
      rules.add(0, to(settings.dns().peers(), dns(settings.dns().ports())));
    }
    return rules;
  }

  private static NetworkPolicyEgressRuleArgs to(
      List<NetworkPolicyPeerArgs> peers, List<NetworkPolicyPortArgs> ports) {
    return NetworkPolicyEgressRuleArgs.builder().to(peers).ports(ports).build();
  }

  private static NetworkPolicyPeerArgs pods(Party party) {
    return NetworkPolicyPeerArgs.builder()
        .podSelector(LabelSelectorArgs.builder().matchLabels(party.labels()).build())
        .build();
  }

  private static List<NetworkPolicyPortArgs> tcp(List<Integer> ports) {
    return ports.stream().map(port -> port("TCP", port)).toList();
  }

  private static List<NetworkPolicyPortArgs> dns(List<Integer> ports) {
    return ports.stream()
        .flatMap(port -> List.of(port("UDP", port), port("TCP", port)).stream())
        .toList();
  }

  private static NetworkPolicyPortArgs port(String protocol, int port) {
    return NetworkPolicyPortArgs.builder().protocol(protocol).port(port).build();
  }
}
