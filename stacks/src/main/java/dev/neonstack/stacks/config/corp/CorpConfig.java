package dev.neonstack.stacks.config.corp;

import static java.util.Objects.requireNonNull;

import dev.neonstack.components.ceph.CephObjectStore;
import dev.neonstack.components.ceph.CephStorageClasses.LocalDisk;
import dev.neonstack.components.ceph.CephStorageClasses.Rbd;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.stacks.config.neon.NeonConfig;
import java.util.List;
import java.util.Optional;

/**
 * What a corporate stack declares beside its projects.
 *
 * @param cluster how the cluster is reached
 * @param neon what runs in it
 * @param rbdClasses storage classes of Ceph to make
 * @param localClasses storage classes of disks to make
 * @param existingClasses storage classes that the cluster has
 */
public record CorpConfig(
    Cluster cluster,
    NeonConfig neon,
    List<Rbd> rbdClasses,
    List<LocalDisk> localClasses,
    List<ExistingClass> existingClasses,
    Bucket bucket) {
  public CorpConfig {
    requireNonNull(cluster, "cluster is null");
    requireNonNull(neon, "neon is null");
    rbdClasses = List.copyOf(rbdClasses);
    localClasses = List.copyOf(localClasses);
    existingClasses = List.copyOf(existingClasses);
    requireNonNull(bucket, "bucket is null");
  }

  /**
   * How the cluster is reached.
   *
   * @param kubeconfig path of the file
   * @param context of the kubeconfig
   * @param checks whether it is looked at before anything is declared
   */
  public record Cluster(String kubeconfig, String context, boolean checks) {}

  /**
   * A storage class that the cluster has.
   *
   * @param key of the configuration that names it
   */
  public record ExistingClass(String key, String name) {}

  /** The bucket of the storage. */
  public record Bucket(
      String endpoint,
      String region,
      String name,
      String pageserverPrefix,
      String safekeeperPrefix,
      CephObjectStore.Source source,
      Optional<SecretEntry> ca) {
    /** The same as the component takes it. */
    public CephObjectStore.Spec in(Home home) {
      return new CephObjectStore.Spec(
          home, endpoint, region, name, pageserverPrefix, safekeeperPrefix, source, ca);
    }
  }
}
