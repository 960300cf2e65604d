package dev.neonstack.components.neon.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.neon.keys.ControlPlaneKeys;
import dev.neonstack.components.neon.keys.ProxyKeys;
import dev.neonstack.components.neon.keys.StorageKeys;
import dev.neonstack.components.neon.keys.StorageKeysSpec;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.TokenCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ControlPlaneTest {
  private static final Home HOME = new Home("neon", Output.of("neon"));

  private final RecordedCluster cluster = new RecordedCluster();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void itIsAsInTheGoldenFile() {
    cluster.run(
        context -> new ControlPlane("control-plane", spec(files("1")), List.of(), options()));

    Golden.assertSame("control-plane", cluster);
  }

  @Test
  void aNewPodStartsWithTheKeyOfTheApiAndNothingElseItReadsLater() {
    var first = checksum("1");
    assertThat(checksum("1")).isEqualTo(first);
    assertThat(checksum("2")).isNotEqualTo(first);
  }

  private static String checksum(String version) {
    var deployed = new RecordedCluster();
    deployed.run(
        context -> new ControlPlane("control-plane", spec(files(version)), List.of(), options()));
    PulumiTest.cleanup();
    return deployed
        .the("Deployment", "control-plane")
        .text("spec", "template", "metadata", "annotations");
  }

  @Test
  void itsSecretHasWhatItNamesAndTheKeyOfTheApiOpensNothingInStorage() {
    var found = new ArrayList<ControlPlaneKeys>();
    cluster.run(
        context -> {
          var storage = new StorageKeys("keys", StorageKeysSpec.of("first"), HOME, options());
          var proxy = Optional.of(new ProxyKeys("proxy", HOME, options()));
          found.add(new ControlPlaneKeys("own", HOME, storage, proxy, options()));
        });

    var files = found.get(0).files();
    var data = (Map<?, ?>) cluster.the("Secret", files.secret()).at("stringData");
    assertThat(data.keySet().stream().map(Object::toString))
        .containsExactlyInAnyOrder(
            files.storageToken(),
            files.apiKey(),
            files.safekeeperToken(),
            files.hookPublicKey(),
            files.proxyPublicKey().orElseThrow());
    assertThat(data.get(files.apiKey()).toString().length()).isGreaterThan(16);
    var accepted = (Map<?, ?>) cluster.the("Secret", "storage-public-keys").at("stringData");
    assertThat(accepted.values().stream().map(Object::toString))
        .doesNotContain(data.get(files.hookPublicKey()).toString());
    assertThat(accepts(accepted, data.get(files.storageToken()).toString())).isTrue();
    assertThat(accepts(accepted, data.get(files.apiKey()).toString())).isFalse();
  }

  private static boolean accepts(Map<?, ?> keys, String token) {
    var pems = keys.values().stream().map(text -> PublicPem.parse(text.toString())).toList();
    return new TokenCheck(pems).claims(token).isPresent();
  }

  private static ControlPlane.Spec spec(ControlPlaneKeys.Files files) {
    return new ControlPlane.Spec(
        HOME,
        new PodSettings(
            Output.of("registry.example/control-plane@sha256:" + "0123456789abcdef".repeat(4)),
            List.of("registry"),
            ResourceNeeds.burstable("100m", "512Mi"),
            Placement.ANYWHERE,
            Optional.of("neon-service")),
        files,
        new VolumeNeeds("ceph-rbd", 1),
        3);
  }

  private static ControlPlaneKeys.Files files(String version) {
    return new ControlPlaneKeys.Files(
        "control-plane-tokens",
        "storage",
        "api-key",
        "safekeeper",
        "hook-public-key",
        Optional.of("proxy-public-key"),
        Output.of(version));
  }

  private static ComponentResourceOptions options() {
    return ComponentResourceOptions.Empty;
  }
}
