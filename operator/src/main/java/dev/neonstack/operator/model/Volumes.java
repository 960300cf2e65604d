package dev.neonstack.operator.model;

import dev.neonstack.controlplane.spec.SpecDocument;
import dev.neonstack.operator.api.NeonCompute;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The writable places of a pod whose images cannot be written. All of them end with it. */
final class Volumes {
  /** The parent of Postgres' data, which compute_ctl removes and makes again: no mount can be. */
  static final String DATA = "/var/db/postgres";

  private static final String USERS = "neon.io/users";
  private static final long CACHE_MARGIN_MIB = 64;
  private static final long MIB = 1 << 20;

  private Volumes() {}

  /** The user of the pod, as {@code /etc/passwd} names it. */
  static Map<String, String> annotations() {
    return Map.of(
        USERS,
        "postgres:x:%1$d:%1$d:PostgreSQL:%2$s:/usr/sbin/nologin\n"
            .formatted(ComputePod.USER, DATA));
  }

  static List<Volume> of(NeonCompute compute, PodSettings settings) {
    var size = Sizes.of(compute.getSpec());
    var volumes = new ArrayList<Volume>();
    // No tables are in it: WAL on its way, temporary files of queries, and Postgres' own files.
    volumes.add(folder("data", "", Sizes.mib(10 * 1024)));
    volumes.add(folder("cache", "", Sizes.mib(size.fileCacheMib() + CACHE_MARGIN_MIB)));
    // Parallel queries share memory there; it counts as the compute's.
    volumes.add(folder("shm", "Memory", Sizes.mib(size.memoryBytes() / MIB / 4)));
    volumes.add(folder("tmp", "", Sizes.mib(256)));
    volumes.add(
        new VolumeBuilder()
            .withName("users")
            .withNewDownwardAPI()
            .addNewItem()
            .withPath("passwd")
            .withNewFieldRef()
            .withFieldPath("metadata.annotations['" + USERS + "']")
            .endFieldRef()
            .endItem()
            .endDownwardAPI()
            .build());
    settings.tlsSecret().ifPresent(secret -> volumes.add(tls(secret)));
    return volumes;
  }

  private static Volume folder(String name, String medium, Quantity limit) {
    var volume = new VolumeBuilder().withName(name);
    return (medium.isEmpty()
            ? volume.withNewEmptyDir().withSizeLimit(limit).endEmptyDir()
            : volume.withNewEmptyDir().withMedium(medium).withSizeLimit(limit).endEmptyDir())
        .build();
  }

  private static Volume tls(String secret) {
    return new VolumeBuilder()
        .withName("tls")
        .withNewSecret()
        .withSecretName(secret)
        .withDefaultMode(0440)
        .endSecret()
        .build();
  }

  static List<VolumeMount> mounts(PodSettings settings) {
    var mounts = new ArrayList<VolumeMount>();
    mounts.add(mount("data", DATA));
    mounts.add(mount("cache", SpecDocument.CACHE_FOLDER));
    mounts.add(mount("shm", "/dev/shm"));
    mounts.add(mount("tmp", "/tmp"));
    mounts.add(
        new VolumeMountBuilder(mount("users", "/etc/passwd"))
            .withSubPath("passwd")
            .withReadOnly(true)
            .build());
    settings
        .tlsSecret()
        .ifPresent(
            secret ->
                mounts.add(
                    new VolumeMountBuilder(mount("tls", SpecDocument.TLS_FOLDER))
                        .withReadOnly(true)
                        .build()));
    return mounts;
  }

  static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }
}
