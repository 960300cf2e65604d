package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.namespace.Outside;
import dev.neonstack.components.neon.proxy.Exposure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The Network Load Balancer in front of the proxy, as {@link LoadBalancerController} is asked for
 * it. It passes TCP on to the pods and ends no TLS.
 *
 * @param clients addresses (CIDR) that may connect; empty: all
 * @param crossZone whether each zone's address uses the pods of every zone, which AWS charges for
 * @param idleTimeout after which AWS forgets a session that says nothing, from 60 s to 6000 s
 * @param port that clients connect to
 * @param hostName for {@link ExternalDns}, such as {@code *.db.example.com}
 */
public record NetworkLoadBalancer(
    Scheme scheme,
    List<String> clients,
    boolean crossZone,
    Duration idleTimeout,
    ProxyProtocol proxyProtocol,
    int port,
    Optional<String> hostName) {
  /** The class of Services that the controller looks after. */
  public static final String CLASS = "service.k8s.aws/nlb";

  /** An hour, against 350 s of AWS, after which idle clients would find their session dead. */
  public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofHours(1);

  private static final Duration LEAST_IDLE_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration MOST_IDLE_TIMEOUT = Duration.ofMinutes(100);

  /** What a load balancer may need until no connection goes to a pod that leaves. */
  private static final Duration LEAVE = Duration.ofSeconds(90);

  private static final Pattern CIDR =
      Pattern.compile(
          "([0-9]{1,3}\\.){3}[0-9]{1,3}/([0-9]|[12][0-9]|3[0-2])|[0-9a-f:]+/[0-9]{1,3}");
  private static final String SERVICE = "service.beta.kubernetes.io/";
  private static final String BALANCER = SERVICE + "aws-load-balancer-";
  private static final int KEEP_ALIVE_PROBES = 4;

  public NetworkLoadBalancer {
    requireNonNull(scheme, "scheme is null");
    requireNonNull(proxyProtocol, "proxyProtocol is null");
    requireNonNull(hostName, "hostName is null");
    clients = List.copyOf(clients);
    for (var client : clients) {
      if (!CIDR.matcher(client).matches()) {
        throw new IllegalArgumentException(
            "client is '%s'; expected addresses such as 10.0.0.0/8".formatted(client));
      }
    }
    if (idleTimeout.compareTo(LEAST_IDLE_TIMEOUT) < 0
        || idleTimeout.compareTo(MOST_IDLE_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "idleTimeout is %d s; expected %d s to %d s"
              .formatted(
                  idleTimeout.toSeconds(),
                  LEAST_IDLE_TIMEOUT.toSeconds(),
                  MOST_IDLE_TIMEOUT.toSeconds()));
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port is %d; expected 1 to 65535".formatted(port));
    }
  }

  /** Where the load balancer has its addresses. */
  public enum Scheme {
    /** In the private subnets. */
    INTERNAL,
    /** In the public subnets. */
    INTERNET_FACING;

    /** As AWS writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How the proxy learns the address of a client. */
  public enum ProxyProtocol {
    /**
     * From the connection, which keeps it. A client on the node of the pod that it is sent to
     * cannot connect through an internal load balancer.
     */
    OFF,
    /** From a header that the load balancer puts before the connection. */
    V2
  }

  /** How clients reach the proxy. */
  public Exposure exposure() {
    return new Exposure(
        Exposure.Kind.LOAD_BALANCER,
        port,
        Optional.empty(),
        Optional.of(CLASS),
        annotations(),
        proxyProtocol == ProxyProtocol.V2,
        LEAVE);
  }

  /**
   * Who connects to the proxy, as pods see it.
   *
   * @param subnets CIDRs of the subnets the load balancer is in
   */
  public List<String> clients(List<String> subnets) {
    return proxyProtocol == ProxyProtocol.V2 ? List.copyOf(subnets) : clients;
  }

  /**
   * Who asks the proxy whether it is well.
   *
   * @param subnets CIDRs of the subnets the load balancer is in
   */
  public Outside healthChecks(List<String> subnets) {
    var checked = proxyProtocol == ProxyProtocol.V2 ? Ports.PROXY : Ports.PROXY_HTTP;
    return Outside.addresses(subnets, List.of(checked));
  }

  /** What pods of the proxy set of their kernel, so that an idle session is never forgotten. */
  public Map<String, String> keepAlive() {
    var interval = LEAST_IDLE_TIMEOUT.toSeconds() / KEEP_ALIVE_PROBES;
    return Map.of(
        "net.ipv4.tcp_keepalive_time", Long.toString(idleTimeout.toSeconds() / 2),
        "net.ipv4.tcp_keepalive_intvl", Long.toString(interval),
        "net.ipv4.tcp_keepalive_probes", Integer.toString(KEEP_ALIVE_PROBES));
  }

  private Map<String, String> annotations() {
    var annotations = new TreeMap<String, String>();
    annotations.put(BALANCER + "scheme", scheme.word());
    annotations.put(BALANCER + "nlb-target-type", "ip");
    annotations.put(BALANCER + "attributes", "load_balancing.cross_zone.enabled=" + crossZone);
    annotations.put(
        BALANCER + "listener-attributes.TCP-" + port,
        "tcp.idle_timeout.seconds=" + idleTimeout.toSeconds());
    annotations.put(BALANCER + "target-group-attributes", targetGroup());
    annotations.putAll(healthCheck());
    if (proxyProtocol == ProxyProtocol.V2) {
      annotations.put(BALANCER + "proxy-protocol", "*");
    }
    if (!clients.isEmpty()) {
      annotations.put(SERVICE + "load-balancer-source-ranges", String.join(",", clients));
    }
    hostName.ifPresent(name -> annotations.put(ExternalDns.ANNOTATIONS + "hostname", name));
    return annotations;
  }

  /** A check that fails once in a while ends no session. */
  private String targetGroup() {
    return "preserve_client_ip.enabled=%s,target_health_state.unhealthy.connection_termination.enabled=false"
        .formatted(proxyProtocol == ProxyProtocol.OFF);
  }

  /** With the header of the proxy protocol, which checks get as well, no HTTP server answers. */
  private Map<String, String> healthCheck() {
    var check = new TreeMap<String, String>();
    check.put("protocol", "http");
    check.put("port", Integer.toString(Ports.PROXY_HTTP));
    check.put("path", "/v1/status");
    check.put("success-codes", "200");
    if (proxyProtocol == ProxyProtocol.V2) {
      check.clear();
      check.put("protocol", "tcp");
      check.put("port", "traffic-port");
    }
    check.put("interval", "10");
    check.put("healthy-threshold", "2");
    check.put("unhealthy-threshold", "2");
    var annotations = new TreeMap<String, String>();
    check.forEach((key, value) -> annotations.put(BALANCER + "healthcheck-" + key, value));
    return annotations;
  }
}
