package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.aws.RecordedAccount;
import dev.neonstack.components.aws.services.LocalVolumes.Kind;
import dev.neonstack.components.aws.services.LocalVolumes.Spec;
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

  private final RecordedCluster cluster = new RecordedCluster();
  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void ofTheDriverTheyAreAsInTheGoldenFile() {
    cluster.run(context -> new LocalVolumes("cache", spec(Kind.INSTANCE_STORE_CSI), null));

    Golden.assertSame("aws-local-volumes-csi", cluster);
  }

  @Test
  void ofWholeDisksTheyAreAsInTheGoldenFile() {
    cluster.run(context -> new LocalVolumes("cache", spec(Kind.STATIC), null));

    Golden.assertSame("aws-local-volumes-static", cluster);
  }

  @Test
  void everythingBelongsToThem() {
    account.run(context -> new LocalVolumes("cache", spec(Kind.STATIC), null));

    assertThat(account.parents())
        .isEqualTo(
            Map.of(
                "Release cache", "LocalVolumes cache", "StorageClass cache", "LocalVolumes cache"));
  }

  @Test
  void aClassWithoutAProperNameIsRefused() {
    assertThatThrownBy(() -> new Spec(Kind.STATIC, "Local NVMe", STORAGE))
        .hasMessageContaining("storageClass is 'Local NVMe'; expected a name of lower case");
  }

  private static Spec spec(Kind kind) {
    return new Spec(kind, "local-nvme", STORAGE);
  }
}
