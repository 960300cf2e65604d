package dev.neonstack.components.neon.proxy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
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
 * @param proxyProtocol whether each connection begins with a header of the proxy protocol, version
 *     2; one without is then refused
 * @param leave how long the load balancer may still send connections to a pod that is to stop
 */
public record Exposure(
    Kind kind,
    int port,
    Optional<Integer> nodePort,
    Optional<String> loadBalancerClass,
    Map<String, String> annotations,
    boolean proxyProtocol,
    Duration leave) {
  /** What a load balancer inside the cluster needs. */
  public static final Duration DEFAULT_LEAVE = Duration.ofSeconds(15);

  public Exposure {
    requireNonNull(kind, "kind is null");
    requireNonNull(nodePort, "nodePort is null");
    requireNonNull(loadBalancerClass, "loadBalancerClass is null");
    requireNonNull(leave, "leave is null");
    annotations = Map.copyOf(annotations);
  }

  /** Without the proxy protocol, and left after {@link #DEFAULT_LEAVE}. */
  public Exposure(
      Kind kind,
      int port,
      Optional<Integer> nodePort,
      Optional<String> loadBalancerClass,
      Map<String, String> annotations) {
    this(kind, port, nodePort, loadBalancerClass, annotations, false, DEFAULT_LEAVE);
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
