package dev.neonstack.components.neon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.RecordedCluster.Recorded;
import dev.neonstack.components.neon.keys.StorageKeys;
import dev.neonstack.components.neon.keys.StorageKeysSpec;
import dev.neonstack.components.neon.kube.ConfigChecksum;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoragePlaneTest {
  private final RecordedCluster cluster = new RecordedCluster();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void aCorporateStorageIsAsInTheGoldenFile() {
    declare(cluster, () -> Samples.corporate("1"));

    Golden.assertSame("storage-corporate", cluster);
  }

  @Test
  void aSmallStorageWithKeylessAccessIsAsInTheGoldenFile() {
    declare(cluster, Samples::small);

    Golden.assertSame("storage-small", cluster);
  }

  @Test
  void thePodsStayAsTheyAreUntilTheirConfigurationChanges() {
    declare(cluster, () -> Samples.corporate("1"));
    var same = new RecordedCluster();
    declare(same, () -> Samples.corporate("1"));
    var rotated = new RecordedCluster();
    declare(rotated, () -> Samples.corporate("2"));

    for (var pods : List.of("pageserver", "safekeeper", "storage-controller")) {
      assertThat(checksum(same, pods)).isEqualTo(checksum(cluster, pods));
      assertThat(checksum(rotated, pods)).as(pods).isNotEqualTo(checksum(cluster, pods));
    }
    assertThat(rotated.the("Deployment", "storage-broker").at("spec", "template"))
        .as("the broker reads no key")
        .isEqualTo(cluster.the("Deployment", "storage-broker").at("spec", "template"));
  }

  @Test
  void anUpdateGoesFromTheControllerToTheSafekeepersAndFilesComeFirst() {
    declare(cluster, () -> Samples.corporate("1"));

    assertThat(cluster.before("Deployment", "storage-controller"))
        .contains("Cluster storage-controller-db");
    assertThat(cluster.before("Deployment", "storage-broker"))
        .contains("Deployment storage-controller");
    assertThat(cluster.before("StatefulSet", "storage-pageserver"))
        .contains("Deployment storage-broker", "ConfigMap storage-pageserver");
    assertThat(cluster.before("StatefulSet", "storage-safekeeper"))
        .contains("StatefulSet storage-pageserver");
    assertThat(cluster.before("Deployment", "storage-registrar"))
        .contains("StatefulSet storage-safekeeper", "ConfigMap storage-registrar");
  }

  @Test
  void anUpdateOneByOneMayTakeAsLongAsAllDrainsTogether() {
    declare(cluster, () -> Samples.corporate("1"));

    assertThat(cluster.patience("StatefulSet", "storage-pageserver")).hasMinutes(43);
    assertThat(cluster.patience("StatefulSet", "storage-safekeeper")).hasMinutes(33);
    assertThat(cluster.patience("Deployment", "storage-broker")).hasMinutes(20);
  }

  @Test
  void aPageserverFollowsTheProjectsBeforeTheNextOneHandsItsOwnOver() {
    declare(cluster, () -> Samples.corporate("1"));
    assertThat(cluster.the("StatefulSet", "pageserver").at("spec", "minReadySeconds"))
        .isEqualTo(120.0);

    var alone = new RecordedCluster();
    declare(alone, Samples::small);
    assertThat(alone.the("StatefulSet", "pageserver").at("spec", "minReadySeconds")).isNull();
  }

  @Test
  void aPodThatNeverBecomesReadyHoldsNoDrainUpUnlessAQuorumMayNeedIt() {
    declare(cluster, () -> Samples.corporate("1"));

    assertThat(policy("pageserver")).isEqualTo("AlwaysAllow");
    assertThat(policy("safekeeper")).isEqualTo("IfHealthyBudget");
  }

  private String policy(String name) {
    return cluster.the("PodDisruptionBudget", name).text("spec", "unhealthyPodEvictionPolicy");
  }

  @Test
  void theDatabaseInsideIsVerifiedAndOneOutsideIsAsItsUrlSays() {
    declare(cluster, () -> Samples.corporate("1"));
    assertThat(cluster.the("Deployment", "storage-controller").text("spec", "template"))
        .contains("value=$(DATABASE)?sslmode=require")
        .contains("name=STORCON_DB_CERT_CHECKS")
        .contains("value=/etc/neon/database-ca/ca.crt")
        .contains("secretName=storage-controller-db-ca");

    var outside = new RecordedCluster();
    declare(outside, Samples::small);
    assertThat(outside.the("Deployment", "storage-controller").text("spec", "template"))
        .doesNotContain("STORCON_DB_CERT_CHECKS")
        .doesNotContain("$(DATABASE)");
  }

  @Test
  void thePodsOfStorageWaitForAllThatAComponentBeforeThemMakes() {
    cluster.run(
        context -> {
          var keys = new StorageKeys("keys", StorageKeysSpec.of("first"), Samples.home(), null);
          new StoragePlane("storage", Samples.corporate("1"), List.of(keys), null);
        });

    assertThat(cluster.before("Deployment", "storage-controller"))
        .contains("Secret keys-storage-controller-tokens");
  }

  @Test
  void theDatabaseWaitsForItsOperator() {
    cluster.run(
        context -> {
          var keys = new StorageKeys("operator", StorageKeysSpec.of("first"), Samples.home(), null);
          new StoragePlane("storage", Samples.corporate("1"), List.of(keys), null);
        });

    assertThat(cluster.before("Cluster", "storage-controller-db"))
        .contains("Secret operator-storage-controller-tokens");
  }

  @Test
  void onlyPageserversThatHaveSomewhereToGoDrain() {
    declare(cluster, () -> Samples.corporate("1"));
    assertThat(cluster.the("StatefulSet", "pageserver").text(container("lifecycle")))
        .contains("drain.sh");

    var alone = new RecordedCluster();
    declare(alone, Samples::small);
    assertThat(alone.the("StatefulSet", "pageserver").at(container("lifecycle"))).isNull();
    assertThat(alone.the("StatefulSet", "pageserver").text("spec", "template"))
        .doesNotContain("pageservers-to-drain");
  }

  @Test
  void noTokenIsInAnObjectAndEachServerGetsItsOwnOnly() {
    declare(cluster, () -> Samples.corporate("1"));

    assertThat(cluster.ofKind("Secret")).isEmpty();
    assertThat(tokensOf("StatefulSet", "pageserver"))
        .isEqualTo(
            List.of(
                "pageservers-to-controller", "pageservers-to-drain", "pageservers-to-safekeepers"));
    assertThat(tokensOf("StatefulSet", "safekeeper"))
        .isEqualTo(List.of("safekeepers-to-safekeepers"));
    assertThat(tokensOf("Deployment", "safekeeper-registrar"))
        .isEqualTo(List.of("registrar", "registrar-admin"));
    assertThat(tokensOf("Deployment", "storage-broker")).isEmpty();
  }

  @Test
  void theControllerIsStrictAndKnowsItsHazards() {
    declare(cluster, () -> Samples.corporate("1"));

    var arguments = (List<?>) cluster.the("Deployment", "storage-controller").at(container("args"));
    assertThat(arguments.stream().map(Object::toString).toList())
        .doesNotContain("--dev")
        .contains(
            "--handle-ps-local-disk-loss",
            "--timelines-onto-safekeepers",
            "--start-as-candidate",
            "--tenant-rate-limit=1000",
            "--public-key=$(PUBLIC_KEY)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void safekeepersThatWouldBreakTheQuorumAreRefused(int replicas) {
    assertThatThrownBy(
            () ->
                new Safekeepers.Spec(
                    null, null, null, null, new VolumeNeeds("fast", 1), replicas, "zone"))
        .hasMessage("replicas is %d; expected an odd number of 3 or more", replicas);
  }

  @Test
  void aPageCacheThatDoesNotFitIsRefused() {
    var pods = Samples.pods("1", "4Gi");
    assertThatThrownBy(() -> pageservers(pods, 100, 4096))
        .hasMessageContaining("the memory of the pod");
    assertThatThrownBy(() -> pageservers(pods, 1, 2048))
        .hasMessageContaining("no more than the volume, which is 1 GiB");
    assertThat(pageservers(pods, 2, 2048).tuning().pageCachePages()).isEqualTo(262_144);
  }

  private static Pageservers.Spec pageservers(PodSettings pods, int gib, int cacheMiB) {
    return new Pageservers.Spec(
        null,
        pods,
        null,
        null,
        new VolumeNeeds("fast", gib),
        2,
        "zone",
        PageserverTuning.SMALL.withPageCacheMiB(cacheMiB),
        Duration.ofMinutes(1));
  }

  private List<String> tokensOf(String kind, String name) {
    var pod = cluster.the(kind, name).text("spec", "template", "spec");
    return List.of(
            "controller-to-pageservers",
            "controller-to-safekeepers",
            "controller-to-peers",
            "pageservers-to-controller",
            "pageservers-to-drain",
            "pageservers-to-safekeepers",
            "registrar",
            "registrar-admin",
            "safekeepers-to-safekeepers")
        .stream()
        .filter(token -> pod.matches("(?s).*[=\\s]" + token + "[,}\\s].*"))
        .toList();
  }

  private static Object[] container(String key) {
    return new Object[] {"spec", "template", "spec", "containers", 0, key};
  }

  private static Object checksum(RecordedCluster in, String name) {
    return in.objects().stream()
        .filter(one -> one.type().matches(".*:(Deployment|StatefulSet)"))
        .filter(one -> one.at("metadata", "name").equals(name))
        .map(StoragePlaneTest::annotations)
        .map(annotations -> annotations.get(ConfigChecksum.ANNOTATION))
        .findFirst()
        .orElseThrow();
  }

  private static Map<?, ?> annotations(Recorded workload) {
    return (Map<?, ?>) workload.at("spec", "template", "metadata", "annotations");
  }

  private static void declare(RecordedCluster in, Supplier<StoragePlane.Spec> spec) {
    in.run(context -> new StoragePlane("storage", spec.get(), List.of(), null));
    PulumiTest.cleanup();
  }
}
