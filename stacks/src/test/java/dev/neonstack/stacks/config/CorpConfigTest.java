package dev.neonstack.stacks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.stacks.config.reading.InvalidConfigException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CorpConfigTest {
  private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

  @Test
  void whatIsShippedIsRight() {
    var corp = ShippedSettings.corp().read().corp().orElseThrow();

    assertThat(corp.neon().namespace().name()).isEqualTo("neon");
    assertThat(corp.cluster().kubeconfig()).startsWith(System.getProperty("user.home"));
    assertThat(corp.neon().storage().safekeepers().replicas()).isEqualTo(3);
    assertThat(corp.neon().storage().pageservers().volume().sizeGiB()).isEqualTo(500);
    assertThat(corp.neon().storage().controller().database().inside()).isPresent();
    assertThat(corp.neon().proxy()).isEmpty();
    assertThat(corp.neon().controlPlane().orElseThrow().volume().storageClass())
        .isEqualTo("neon-ceph-rbd");
  }

  @Test
  void everythingElseThatCanBeSetIsReadToo() {
    var corp =
        ShippedSettings.corp()
            .with("production", "true")
            .with("images/neon", "registry.example/neon" + DIGEST)
            .with("images/controlPlane", "registry.example/control-plane" + DIGEST)
            .with("images/valkey", "registry.example/valkey" + DIGEST)
            .with("images/pullSecrets", "[registry]")
            .with(
                "placement",
                "{nodeSelector: {neon: storage}, tolerations: [{key: neon}],"
                    + " sysctls: {net.ipv4.tcp_rmem: 4096 131072 16777216}}")
            .with("storage/pageservers/profile", "large")
            .with("storage/controller/database", "{url: {secret: db}}")
            .with("network/database", "{cidrs: [10.2.0.5/32], ports: [5432]}")
            .without("objectStore/credentials")
            .with("objectStore/claim", "{storageClass: rook-ceph-bucket, maxSizeGiB: 10}")
            .with("proxy", "{tlsSecret: tls, exposure: NodePort, nodePort: 30432}")
            .with("monitoring", "{prometheus: true, prometheusLabels: {release: prom}}")
            .with("network/prometheus", "monitoring")
            .with("keys", "{accepted: [first, second], signing: second}")
            .read()
            .corp()
            .orElseThrow();

    assertThat(corp.neon().namespace().protectedData()).isTrue();
    var pageservers = corp.neon().storage().pageservers();
    assertThat(pageservers.tuning().pageCacheMiB()).isEqualTo(48 * 1024);
    assertThat(pageservers.pods().needs().guaranteed()).isTrue();
    assertThat(pageservers.pods().priorityClass()).contains("neon-storage");
    assertThat(pageservers.pods().placement().tolerations()).hasSize(1);
    assertThat(pageservers.pods().placement().sysctls())
        .containsEntry("net.ipv4.tcp_rmem", "4096 131072 16777216");
    assertThat(corp.neon().storage().controller().database().outside().orElseThrow().url().key())
        .isEqualTo("uri");
    assertThat(corp.bucket().source().claim().orElseThrow().protectedData()).isTrue();
    assertThat(corp.neon().proxy().orElseThrow().exposure().nodePort()).contains(30432);
    assertThat(corp.neon().monitoring().prometheusLabels()).containsEntry("release", "prom");
    assertThat(corp.neon().keys().signing()).isEqualTo("second");
  }

  @Test
  void theControlPlaneIsSized() {
    var corp = ShippedSettings.corp().with("controlPlane", "{cpu: 200m, memory: 2Gi}").read();

    var pods = corp.corp().orElseThrow().neon().controlPlane().orElseThrow().pods();
    assertThat(pods.needs().memory()).isEqualTo("2Gi");
    assertThat(pods.priorityClass()).contains("neon-service");
  }

  @Test
  void oneControlPlaneIsCalled() {
    var elsewhere =
        ShippedSettings.corp()
            .with("storage/controller/controlPlaneUrl", "http://control-plane.example:80")
            .without("images/controlPlane");

    assertThat(elsewhere.read().corp().orElseThrow().neon().controlPlane()).isEmpty();
    assertThatThrownBy(() -> elsewhere.with("controlPlane", "{cpu: 200m}").read())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("controlPlane is given, and storage.controller.controlPlaneUrl says");
  }

  @Test
  void metricsThatNobodyMayReadAreRefused() {
    var settings = ShippedSettings.corp().with("monitoring", "{prometheus: true}");

    assertThatThrownBy(settings::read)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("network.prometheus is missing; expected the namespace of the Prom");
    var corp = settings.with("network/prometheus", "monitoring").read().corp().orElseThrow();
    assertThat(corp.neon().monitoring().proxy()).isFalse();
  }

  @Test
  void certificatesOfADatabaseInsideAreTheOperators() {
    assertThatThrownBy(
            ShippedSettings.corp()
                    .with(
                        "storage/controller/database",
                        "{ca: {secret: db}, storageClass: neon-ceph-rbd}")
                ::read)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("storage.controller.database.ca is given, and the Postgres");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    var settings =
        ShippedSettings.corp()
            .with("production", "true")
            .without("cluster/context")
            .without("cluster/kubeconfig")
            .with("storage/safekeepers/replicas", "4")
            .with("storage/safekeepers/storageClass", "neon-ceph-rdb")
            .with("storage/pageservers/pageCacheGiB", "600")
            .without("objectStore/credentials");

    assertThatThrownBy(settings::read)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("cluster.kubeconfig is missing; expected the path of a kubeconfig")
        .hasMessageContaining("cluster.context is missing; expected a context of the kubeconfig")
        .hasMessageContaining("images.neon is 'docker.io/neondatabase/neon:release-9129'")
        .hasMessageContaining("production wants the digest")
        .hasMessageContaining("storage.safekeepers.replicas is '4'; expected an odd number")
        .hasMessageContaining("storage.safekeepers.storageClass is 'neon-ceph-rdb'")
        .hasMessageContaining("Did you mean 'neon-ceph-rbd'?")
        .hasMessageContaining(
            "storage.pageservers.pageCacheGiB is '600'; expected no more than volumeGiB, which is 500")
        .hasMessageContaining("less than memory, which is 8Gi")
        .hasMessageContaining("objectStore has neither of the two")
        .hasMessageContaining("nothing was changed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "storage/safekeepers/replicas | 1 | an odd number from 3 to 99",
        "storage/safekeepers/volumeGiB | 0 | a whole number from 1 to 1000000",
        "storage/pageservers/replicas | two | a whole number from 1 to 99",
        "storage/pageservers/profile | lrge | Did you mean 'large'?",
        "storage/pageservers/memory | 8GB | memory such as 512Mi or 4Gi",
        "storage/pageservers/drainTimeout | 5 | a whole number with a unit",
        "storage/controller/maxOfflineInterval | 5s | more than the heartbeat of 5s",
        "storage/controller/database/instances | 2 | a whole number from 3 to 9",
        "storage/controller/database/url | {} | the name of a Secret in the namespace",
        "objectStore/endpoint | rgw.example | a URL such as https://rgw.example:7480",
        "objectStore/safekeeperPrefix | pageserver | another prefix than pageserverPrefix",
        "objectStore/credentials | {accessKey: a} | the name of a Secret in the namespace",
        "objectStore/claim | {storageClass: x} | objectStore has both",
        "network/objectStore | {ports: [80]} | addresses such as 10.1.0.0/24, or namespaces",
        "network/objectStore | {cidrs: [10.1], ports: [80]} | addresses such as 10.1.0.0/24",
        "network/apiServer | {cidrs: [10.1.0.0/24]} | a list of TCP ports",
        "network/database | {cidrs: [10.1.0.0/24], ports: [5432]} | expected none",
        "cluster/namespace | Neon_1 | 1 to 63 characters",
        "images/neon | 'neon image' | registry/name@sha256:",
        "controlPlane | {cpu: many} | processors such as 2 or 500m",
        "storage/controller/controlPlaneUrl | control-plane:8080 | this stack deploys its own",
        "placement | {tolerations: [{key: a, effect: NoShedule}]} | Did you mean 'NoSchedule'?",
        "proxy | {replicas: 1, tlsSecret: tls} | a whole number from 2 to 99",
        "proxy | {} | proxy.tlsSecret is missing",
        "proxy | {tlsSecret: tls, exposure: Loadbalancr} | Did you mean 'LoadBalancer'?",
        "keys | {accepted: [a], signing: b} | expected one of the accepted keys",
        "production | maybe | true or false",
        "placement | {sysctls: {net.core.somaxconn: 1}} | Pod Security refuses others",
        "storageClasses | [{name: a, kind: rbd}] | one of existing, ceph-rbd, local",
        "storageClasses | [{name: a, kind: ceph-rbd}] | a replicated pool of Ceph",
        "clutser | {} | Did you mean 'cluster'?",
        "cluster | text | cluster is text; expected settings"
      })
  void whatIsWrongIsRefusedInASentence(String path, String value, String expected) {
    assertThatThrownBy(() -> ShippedSettings.corp().with(path, value).read())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "network/objectStore",
    "network/apiServer",
    "images/neon",
    "images/controlPlane",
    "objectStore/bucket"
  })
  void whatIsMissingIsNamed(String path) {
    refused(settings -> settings.without(path), path.replace('/', '.') + " is missing");
  }

  @Test
  void endpointsRolesAndDatabasesAreRefusedUntilThereIsAControlPlane() {
    refused(
        settings ->
            settings.with(
                "projects", "[{name: demo, branches: [{name: main, roles: [{name: app}]}]}]"),
        "branch 'main' of project 'demo' has an endpoint, roles; expected none in target corp");
  }

  @Test
  void aStackOfThisMachineKnowsNoneOfTheseKeys() {
    refused(settings -> settings.with("target", "local"), "cluster is not a setting");
  }

  private static void refused(UnaryOperator<ShippedSettings> change, String message) {
    assertThatThrownBy(() -> change.apply(ShippedSettings.corp()).read())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
  }
}
