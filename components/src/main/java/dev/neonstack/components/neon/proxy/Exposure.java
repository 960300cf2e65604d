package dev.neonstack.components.neon.proxy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How clients outside the cluster reach the proxy.
 *
 * @param kind of Service
 * @param port that clients connect to
 * @param nodePort on every node; absent: the cluster picks one
 * @param loadBalancerClass which load balancer; absent: the cluster's own
 * @param annotations that the load balancer understands
 */
public record Exposure(
    Kind kind,
    int port,
    Optional<Integer> nodePort,
    Optional<String> loadBalancerClass,
    Map<String, String> annotations) {
  public Exposure {
    requireNonNull(kind, "kind is null");
    requireNonNull(nodePort, "nodePort is null");
    requireNonNull(loadBalancerClass, "loadBalancerClass is null");
    annotations = Map.copyOf(annotations);
  }

  /** The kinds of Service. */
  public enum Kind {
    /** An address of its own outside. */
    LOAD_BALANCER("LoadBalancer"),
    /** A port of every node. */
    NODE_PORT("NodePort"),
    /** Inside only, for a TCP ingress that the cluster has. */
    CLUSTER_IP("ClusterIP");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As Kubernetes writes it. */
    public String word() {
      return word;
    }

    public static Optional<Kind> of(String word) {
      return List.of(values()).stream()
          .filter(kind -> kind.word.toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT)))
          .findFirst();
    }

    public static List<String> words() {
      return List.of(values()).stream().map(Kind::word).toList();
    }
  }
}
