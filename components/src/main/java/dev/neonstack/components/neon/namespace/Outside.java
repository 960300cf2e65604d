package dev.neonstack.components.neon.namespace;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.networking.v1.inputs.IPBlockArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something outside the namespace that pods talk to.
 *
 * @param cidrs its addresses, as pods see them after the Services of the cluster have been resolved
 * @param namespaces namespaces of the cluster its pods are in
 * @param ports TCP ports
 */
public record Outside(List<String> cidrs, List<String> namespaces, List<Integer> ports) {
  private static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

  public Outside {
    cidrs = List.copyOf(cidrs);
    namespaces = List.copyOf(namespaces);
    ports = List.copyOf(ports);
    if (cidrs.isEmpty() && namespaces.isEmpty()) {
      throw new IllegalArgumentException(
          "neither cidrs nor namespaces are given; expected at least one of them");
    }
  }

  public static Outside addresses(List<String> cidrs, List<Integer> ports) {
    return new Outside(cidrs, List.of(), ports);
  }

  public static Outside namespace(String name, List<Integer> ports) {
    return new Outside(List.of(), List.of(name), ports);
  }

  List<NetworkPolicyPeerArgs> peers() {
    var peers = new ArrayList<NetworkPolicyPeerArgs>();
    for (var cidr : cidrs) {
      peers.add(
          NetworkPolicyPeerArgs.builder()
              .ipBlock(IPBlockArgs.builder().cidr(cidr).build())
              .build());
    }
    for (var name : namespaces) {
      peers.add(
          NetworkPolicyPeerArgs.builder()
              .namespaceSelector(
                  LabelSelectorArgs.builder().matchLabels(Map.of(NAMESPACE_LABEL, name)).build())
              .build());
    }
    return peers;
  }
}
