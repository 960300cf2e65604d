package dev.neonstack.components.ceph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.ceph.CephObjectStore.Claim;
import dev.neonstack.components.ceph.CephObjectStore.Source;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.storage.ObjectStore;
import dev.neonstack.components.neon.storage.ObjectStore.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CephTest {
  private static final Source EXISTING =
      new Source(
          Optional.of(
              new Credentials(
                  SecretEntry.existing("rgw", "access"), SecretEntry.existing("rgw", "secret"))),
          Optional.empty());
  private static final Source CLAIMED =
      new Source(
          Optional.empty(), Optional.of(new Claim("rook-ceph-bucket", Optional.of(2000), true)));

  private final RecordedCluster cluster = new RecordedCluster();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void aBucketThatIsThereNeedsNoObject() {
    var store = declare(EXISTING);

    assertThat(cluster.objects()).isEmpty();
    assertThat(store.endpoint()).contains("https://rgw.example:7480");
    assertThat(store.access().credentials().orElseThrow().accessKey().key()).isEqualTo("access");
  }

  @Test
  void aClaimedBucketHasTheKeysOfTheSecretRookMakes() {
    var store = declare(CLAIMED);

    Golden.assertSame("ceph-claim", cluster);
    var keys = store.access().credentials().orElseThrow();
    assertThat(keys.accessKey().secret()).isEqualTo("neon-data");
    assertThat(keys.secretKey().key()).isEqualTo("AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void storageClassesAreAsInTheGoldenFile() {
    cluster.run(
        context ->
            new CephStorageClasses(
                "classes",
                List.of(
                    new CephStorageClasses.Rbd(
                        "ceph-rbd",
                        "rook-ceph.rbd.csi.ceph.com",
                        "rook-ceph",
                        "replicated",
                        "rook-ceph",
                        "rook-csi-rbd-provisioner",
                        "rook-csi-rbd-node")),
                List.of(
                    new CephStorageClasses.LocalDisk("local-nvme", Optional.empty()),
                    new CephStorageClasses.LocalDisk("topolvm", Optional.of("topolvm.io"))),
                null));

    Golden.assertSame("ceph-storage-classes", cluster);
  }

  @Test
  void anEndpointThatIsNoUrlIsRefused() {
    assertThatThrownBy(() -> spec(new Home("neon", Output.of("neon")), "rgw.example", EXISTING))
        .hasMessageContaining("endpoint is 'rgw.example'; expected a URL");
  }

  private ObjectStore declare(Source source) {
    var stores = new ArrayList<ObjectStore>();
    cluster.run(
        context -> {
          var home = new Home("neon", Output.of("neon"));
          var spec = spec(home, "https://rgw.example:7480", source);
          stores.add(new CephObjectStore("store", spec, null).store());
        });
    return stores.get(0);
  }

  private static CephObjectStore.Spec spec(Home home, String endpoint, Source source) {
    return new CephObjectStore.Spec(
        home,
        endpoint,
        CephObjectStore.DEFAULT_REGION,
        "neon-data",
        "pageserver",
        "safekeeper",
        source,
        Optional.empty());
  }
}
