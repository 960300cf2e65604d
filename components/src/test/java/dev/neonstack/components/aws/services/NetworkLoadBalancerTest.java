package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.components.aws.services.NetworkLoadBalancer.ProxyProtocol;
import dev.neonstack.components.aws.services.NetworkLoadBalancer.Scheme;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.namespace.Outside;
import dev.neonstack.components.neon.proxy.Exposure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NetworkLoadBalancerTest {
  private static final String BALANCER = "service.beta.kubernetes.io/aws-load-balancer-";
  private static final List<String> SUBNETS = List.of("10.0.0.0/24", "10.0.1.0/24");

  @Test
  void itAsksTheControllerForPodsAsTargetsAndChecksTheirStatus() {
    var exposure = balancer(ProxyProtocol.OFF).exposure();

    assertThat(exposure.kind()).isEqualTo(Exposure.Kind.LOAD_BALANCER);
    assertThat(exposure.port()).isEqualTo(5432);
    assertThat(exposure.loadBalancerClass()).contains("service.k8s.aws/nlb");
    assertThat(exposure.proxyProtocol()).isFalse();
    assertThat(shortened(exposure.annotations()))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("attributes", "load_balancing.cross_zone.enabled=true"),
                    Map.entry("healthcheck-healthy-threshold", "2"),
                    Map.entry("healthcheck-interval", "10"),
                    Map.entry("healthcheck-path", "/v1/status"),
                    Map.entry("healthcheck-port", "7001"),
                    Map.entry("healthcheck-protocol", "http"),
                    Map.entry("healthcheck-success-codes", "200"),
                    Map.entry("healthcheck-unhealthy-threshold", "2"),
                    Map.entry("listener-attributes.TCP-5432", "tcp.idle_timeout.seconds=3600"),
                    Map.entry("nlb-target-type", "ip"),
                    Map.entry("scheme", "internet-facing"),
                    Map.entry(
                        "target-group-attributes",
                        "preserve_client_ip.enabled=true,"
                            + "target_health_state.unhealthy.connection_termination.enabled=false"),
                    Map.entry("external-dns.kubernetes.io/hostname", "*.db.example.com"),
                    Map.entry(
                        "service.beta.kubernetes.io/load-balancer-source-ranges",
                        "192.0.2.0/24,198.51.100.0/24"))));
  }

  @Test
  void withTheProxyProtocolNoHttpServerIsAskedSinceChecksCarryTheHeaderToo() {
    var balancer = balancer(ProxyProtocol.V2);
    var annotations = shortened(balancer.exposure().annotations());

    assertThat(balancer.exposure().proxyProtocol()).isTrue();
    assertThat(annotations)
        .containsEntry("proxy-protocol", "*")
        .containsEntry("healthcheck-protocol", "tcp")
        .containsEntry("healthcheck-port", "traffic-port")
        .doesNotContainKey("healthcheck-path");
    assertThat(annotations.get("target-group-attributes"))
        .startsWith("preserve_client_ip.enabled=false");
  }

  @Test
  void theNetworkLetsInWhatPodsSee() {
    var kept = balancer(ProxyProtocol.OFF);
    var hidden = balancer(ProxyProtocol.V2);

    assertThat(kept.clients(SUBNETS)).containsExactly("192.0.2.0/24", "198.51.100.0/24");
    assertThat(kept.healthChecks(SUBNETS)).isEqualTo(Outside.addresses(SUBNETS, List.of(7001)));
    assertThat(hidden.clients(SUBNETS)).isEqualTo(SUBNETS);
    assertThat(hidden.healthChecks(SUBNETS)).isEqualTo(Outside.addresses(SUBNETS, List.of(4432)));
  }

  @Test
  void theProxyAsksSilentClientsBeforeAwsForgetsThem() {
    var sysctls = balancer(ProxyProtocol.OFF).keepAlive();

    assertThat(Placement.SYSCTLS).containsAll(sysctls.keySet());
    var time = Integer.parseInt(sysctls.get("net.ipv4.tcp_keepalive_time"));
    var interval = Integer.parseInt(sysctls.get("net.ipv4.tcp_keepalive_intvl"));
    var probes = Integer.parseInt(sysctls.get("net.ipv4.tcp_keepalive_probes"));
    assertThat(time + interval * probes).isLessThan(3600);
  }

  @Test
  void withoutANameOrLimitsItSaysNothingOfThem() {
    var balancer =
        new NetworkLoadBalancer(
            Scheme.INTERNAL,
            List.of(),
            false,
            NetworkLoadBalancer.DEFAULT_IDLE_TIMEOUT,
            ProxyProtocol.OFF,
            5432,
            Optional.empty());

    assertThat(balancer.exposure().annotations())
        .containsEntry(BALANCER + "scheme", "internal")
        .containsEntry(BALANCER + "attributes", "load_balancing.cross_zone.enabled=false")
        .doesNotContainKeys(
            "external-dns.kubernetes.io/hostname",
            "service.beta.kubernetes.io/load-balancer-source-ranges");
  }

  @Test
  void whatAwsWouldRefuseIsRefused() {
    assertThatThrownBy(() -> balancer(List.of("example.com"), Duration.ofHours(1), 5432))
        .hasMessage("client is 'example.com'; expected addresses such as 10.0.0.0/8");
    assertThatThrownBy(() -> balancer(List.of(), Duration.ofHours(2), 5432))
        .hasMessage("idleTimeout is 7200 s; expected 60 s to 6000 s");
    assertThatThrownBy(() -> balancer(List.of(), Duration.ofHours(1), 0))
        .hasMessage("port is 0; expected 1 to 65535");
  }

  private static Map<String, String> shortened(Map<String, String> annotations) {
    var names = new TreeMap<String, String>();
    annotations.forEach((key, value) -> names.put(key.replace(BALANCER, ""), value));
    return names;
  }

  private static NetworkLoadBalancer balancer(ProxyProtocol proxyProtocol) {
    return new NetworkLoadBalancer(
        Scheme.INTERNET_FACING,
        List.of("192.0.2.0/24", "198.51.100.0/24"),
        true,
        NetworkLoadBalancer.DEFAULT_IDLE_TIMEOUT,
        proxyProtocol,
        5432,
        Optional.of("*.db.example.com"));
  }

  private static NetworkLoadBalancer balancer(
      List<String> clients, Duration idleTimeout, int port) {
    return new NetworkLoadBalancer(
        Scheme.INTERNAL, clients, true, idleTimeout, ProxyProtocol.OFF, port, Optional.empty());
  }
}
