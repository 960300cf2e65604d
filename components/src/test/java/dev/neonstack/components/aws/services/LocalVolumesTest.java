package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.aws.RecordedAccount;
import dev.neonstack.components.aws.services.LocalVolumes.Kind;
import dev.neonstack.components.aws.services.LocalVolumes.Spec;
import dev.neonstack.components.neon.kube.ImageRef;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.Placement.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LocalVolumesTest {
  private static final Placement STORAGE =
      new Placement(
          Map.of("neonstack.dev/node", "storage"),
          List.of(new Toleration("neonstack.dev/node", Optional.of("storage"), "NoSchedule")),
          Map.of());

  private static final ImageRef CLEANUP =
      new ImageRef("registry.example/cleanup@sha256:" + "1".repeat(64));

  private final RecordedCluster cluster = new RecordedCluster();
  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void ofTheDriverTheyAreAsInTheGoldenFile() {
    cluster.run(context -> declare(Kind.INSTANCE_STORE_CSI));

    Golden.assertSame("aws-local-volumes-csi", cluster);
  }

  @Test
  void ofWholeDisksTheyAreAsInTheGoldenFile() {
    cluster.run(context -> declare(Kind.STATIC));

    Golden.assertSame("aws-local-volumes-static", cluster);
  }

  @Test
  void everythingBelongsToThem() {
    account.run(context -> declare(Kind.STATIC));

    assertThat(account.parents())
        .isEqualTo(
            Map.of(
                "Release cache", "LocalVolumes cache",
                "StorageClass cache", "LocalVolumes cache",
                "ServiceAccount cache-cleanup", "NodeCleanup cache-cleanup",
                "ClusterRole cache-cleanup", "NodeCleanup cache-cleanup",
                "ClusterRoleBinding cache-cleanup", "NodeCleanup cache-cleanup",
                "Deployment cache-cleanup", "NodeCleanup cache-cleanup"));
  }

  @Test
  void aClassWithoutAProperNameIsRefused() {
    assertThatThrownBy(() -> new Spec(Kind.STATIC, "Local NVMe", STORAGE))
        .hasMessageContaining("storageClass is 'Local NVMe'; expected a name of lower case");
  }

  private static LocalVolumes declare(Kind kind) {
    return new LocalVolumes("cache", new Spec(kind, "local-nvme", STORAGE), CLEANUP, null);
  }
}
