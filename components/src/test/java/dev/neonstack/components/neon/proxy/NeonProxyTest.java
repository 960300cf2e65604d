package dev.neonstack.components.neon.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.outputs.LoadBalancerIngress;
import com.pulumi.kubernetes.core.v1.outputs.LoadBalancerStatus;
import com.pulumi.kubernetes.core.v1.outputs.ServiceStatus;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.kube.SecretEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NeonProxyTest {
  private final RecordedCluster cluster = new RecordedCluster();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void behindALoadBalancerItIsAsInTheGoldenFile() {
    var exposure =
        new Exposure(
            Exposure.Kind.LOAD_BALANCER,
            5432,
            Optional.empty(),
            Optional.of("metallb"),
            Map.of("metallb.universe.tf/address-pool", "databases"));
    declare(exposure);

    Golden.assertSame("proxy-load-balancer", cluster);
  }

  @Test
  void onAPortOfTheNodesItIsAsInTheGoldenFile() {
    declare(
        new Exposure(
            Exposure.Kind.NODE_PORT, 4432, Optional.of(30432), Optional.empty(), Map.of()));

    Golden.assertSame("proxy-node-port", cluster);
  }

  @Test
  void insideOnlyItAsksNothingOfALoadBalancer() {
    declare(
        new Exposure(Exposure.Kind.CLUSTER_IP, 4432, Optional.empty(), Optional.empty(), Map.of()));

    var spec = (Map<?, ?>) cluster.the("Service", "proxy").at("spec");
    assertThat(spec.get("type")).isEqualTo("ClusterIP");
    assertThat(spec.get("externalTrafficPolicy")).isNull();
  }

  @Test
  void nobodyWaitsForItsAddressBeforeItRuns() {
    declare(
        new Exposure(Exposure.Kind.CLUSTER_IP, 4432, Optional.empty(), Optional.empty(), Map.of()));

    assertThat(cluster.before("Service", "proxy")).contains("Deployment proxy");
    assertThat(cluster.before("Deployment", "proxy")).contains("Deployment proxy-valkey");
  }

  @Test
  void behindTheProxyProtocolItRefusesConnectionsWithoutAndLeavesSlowly() {
    declare(
        new Exposure(
            Exposure.Kind.LOAD_BALANCER,
            5432,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            true,
            Duration.ofSeconds(90)));

    var pod = cluster.the("Deployment", "proxy");
    assertThat((List<?>) pod.at("spec", "template", "spec", "containers", 0, "args"))
        .last()
        .isEqualTo("--proxy-protocol-v2=required");
    assertThat(pod.text("spec", "template", "spec", "containers", 0, "lifecycle", "preStop"))
        .contains("[sleep, 90]");
  }

  @Test
  void itAsksToBeRestartedWithItsCertificate() {
    declare(
        new Exposure(Exposure.Kind.CLUSTER_IP, 4432, Optional.empty(), Optional.empty(), Map.of()));

    assertThat(cluster.the("Deployment", "proxy").at("metadata", "annotations"))
        .isEqualTo(Map.of("secret.reloader.stakater.com/reload", "proxy-tls"));
  }

  @Test
  void oneReplicaIsRefused() {
    assertThatThrownBy(
            () ->
                new NeonProxy.Spec(
                    null, null, null, 1, null, "tls", "http://control-plane", null, null, "zone"))
        .hasMessage("replicas is 1; expected 2 or more");
  }

  @Test
  void clientsConnectToWhatTheLoadBalancerIsCalledOrElseToItsAddress() {
    assertThat(
            NeonProxy.outside(
                Optional.of(at(Optional.of("nlb.example"), Optional.of("192.0.2.1")))))
        .contains("nlb.example");
    assertThat(NeonProxy.outside(Optional.of(at(Optional.empty(), Optional.of("192.0.2.1")))))
        .contains("192.0.2.1");
    assertThat(NeonProxy.outside(Optional.empty())).isEmpty();
  }

  private static ServiceStatus at(Optional<String> hostname, Optional<String> ip) {
    return ServiceStatus.builder()
        .loadBalancer(
            LoadBalancerStatus.builder()
                .ingress(
                    LoadBalancerIngress.builder()
                        .hostname(hostname.orElse(null))
                        .ip(ip.orElse(null))
                        .build())
                .build())
        .build();
  }

  private void declare(Exposure exposure) {
    cluster.run(context -> new NeonProxy("proxy", spec(exposure), List.of(), null));
  }

  private static NeonProxy.Spec spec(Exposure exposure) {
    return new NeonProxy.Spec(
        new Home("neon", Output.of("neon")),
        pods("registry.example/neon@sha256:", "500m", "1Gi"),
        pods("registry.example/valkey@sha256:", "50m", "256Mi"),
        2,
        exposure,
        "proxy-tls",
        "http://control-plane.neon.svc:8080",
        new SecretEntry("proxy-tokens", "control-plane", Output.of("1")),
        new SecretEntry("proxy-tokens", "valkey", Output.of("1")),
        "kubernetes.io/hostname");
  }

  private static PodSettings pods(String image, String cpu, String memory) {
    return new PodSettings(
        Output.of(image + "0123456789abcdef".repeat(4)),
        List.of("registry"),
        ResourceNeeds.burstable(cpu, memory),
        Placement.ANYWHERE,
        Optional.of("neon-service"));
  }
}
