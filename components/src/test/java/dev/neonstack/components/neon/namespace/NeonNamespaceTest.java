package dev.neonstack.components.neon.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.neon.kube.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NeonNamespaceTest {
  private static final Outside OBJECT_STORE =
      Outside.addresses(List.of("10.1.0.0/24"), List.of(7480));
  private static final Outside DATABASE = Outside.addresses(List.of("10.2.0.5/32"), List.of(5432));

  private final RecordedCluster cluster = new RecordedCluster();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void withADatabaseInsideAndPrometheusItIsAsInTheGoldenFile() {
    declare(Optional.empty(), Optional.of("monitoring"), List.of());

    Golden.assertSame("namespace", cluster);
  }

  @Test
  void withADatabaseOutsideAndKnownClientsItIsAsInTheGoldenFile() {
    declare(Optional.of(DATABASE), Optional.empty(), List.of("10.0.0.0/8"));

    Golden.assertSame("namespace-database-outside", cluster);
  }

  @Test
  void everyKindOfPodHasAPolicyOfItsOwnBesideTheOneThatDeniesAll() {
    declare(Optional.of(DATABASE), Optional.empty(), List.of());

    var expected = new TreeSet<>(List.of("default-deny"));
    for (var role : Role.values()) {
      expected.add(role.word());
    }
    assertThat(policies()).isEqualTo(expected);
    var deny = cluster.the("NetworkPolicy", "default-deny");
    assertThat(deny.at("spec", "policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
    assertThat(deny.at("spec", "podSelector", "matchLabels")).isEqualTo(Map.of());
    assertThat(rules("default-deny", "ingress")).isEmpty();
    assertThat(rules("default-deny", "egress")).isEmpty();
  }

  @Test
  void noComputeReachesAnotherAndNobodyReachesThePortThatAsksForNoToken() {
    declare(Optional.empty(), Optional.of("monitoring"), List.of());

    assertThat(peers("compute", "egress", "to")).doesNotContain("compute", "anybody");
    assertThat(clientsOf("compute", 3080.0)).containsExactly("control-plane");
    assertThat(clientsOf("compute", 3081.0)).isEmpty();
    assertThat(clientsOf("compute", 55433.0)).containsExactly("proxy");
  }

  @Test
  void everyFlowIsOpenAtBothEnds() {
    declare(Optional.empty(), Optional.empty(), List.of());

    for (var from : Role.values()) {
      for (var to : peers(from.word(), "egress", "to")) {
        if (policies().contains(to)) {
          assertThat(peers(to, "ingress", "from")).as("into " + to).contains(from.word());
        }
      }
    }
  }

  @Test
  void aLoadBalancerMayAskTheProxyAndNothingElseWhetherItIsWell() {
    var balancer = Outside.addresses(List.of("10.1.128.0/24"), List.of(7001));
    declare(settings(Optional.empty(), Optional.empty(), List.of(), Optional.of(balancer)));

    for (var policy : policies()) {
      var asked = clientsOf(policy, 7001.0);
      assertThat(asked).as(policy).hasSize(policy.equals("proxy") ? 1 : 0);
    }
    var rule = rules("proxy", "ingress").get(1);
    assertThat(rule.get("from").toString()).contains("10.1.128.0/24");
  }

  private Set<String> policies() {
    var names = new TreeSet<String>();
    cluster.ofKind("NetworkPolicy").forEach(one -> names.add(one.text("metadata", "name")));
    return names;
  }

  private List<String> clientsOf(String policy, double port) {
    var clients = new ArrayList<String>();
    for (var rule : rules(policy, "ingress")) {
      if (((List<?>) rule.get("ports"))
          .stream().anyMatch(one -> ((Map<?, ?>) one).get("port").equals(port))) {
        ((List<?>) rule.get("from")).forEach(peer -> clients.add(name(peer)));
      }
    }
    return clients;
  }

  private List<String> peers(String policy, String direction, String key) {
    var names = new ArrayList<String>();
    for (var rule : rules(policy, direction)) {
      if (rule.get(key) == null) {
        names.add("anybody");
      } else {
        ((List<?>) rule.get(key)).forEach(peer -> names.add(name(peer)));
      }
    }
    return names;
  }

  private List<Map<?, ?>> rules(String policy, String direction) {
    var spec = (Map<?, ?>) cluster.the("NetworkPolicy", policy).at("spec");
    var rules = new ArrayList<Map<?, ?>>();
    if (spec.get(direction) instanceof List<?> found) {
      found.forEach(rule -> rules.add((Map<?, ?>) rule));
    }
    return rules;
  }

  private static String name(Object peer) {
    if (((Map<?, ?>) peer).get("podSelector") instanceof Map<?, ?> selector) {
      var labels = (Map<?, ?>) selector.get("matchLabels");
      return String.valueOf(
          labels.values().stream()
              .filter(value -> !value.equals("neon"))
              .findFirst()
              .orElseThrow());
    }
    return "outside";
  }

  private void declare(
      Optional<Outside> database, Optional<String> prometheus, List<String> clients) {
    declare(settings(database, prometheus, clients, Optional.empty()));
  }

  private void declare(NetworkSettings network) {
    cluster.run(
        context -> new NeonNamespace("neon", new NamespaceSpec("neon", network, false), null));
  }

  private static NetworkSettings settings(
      Optional<Outside> database,
      Optional<String> prometheus,
      List<String> clients,
      Optional<Outside> healthChecks) {
    return new NetworkSettings(
        new Outside(List.of("169.254.20.10/32"), List.of("kube-system"), List.of(53)),
        List.of(OBJECT_STORE),
        Outside.addresses(List.of("10.96.0.1/32"), List.of(443, 6443)),
        database,
        "cnpg-system",
        prometheus,
        clients,
        healthChecks);
  }
}
