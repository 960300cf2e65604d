package dev.neonstack.stacks.config;

import static java.util.Objects.requireNonNull;

import dev.neonstack.components.ceph.CephObjectStore;
import dev.neonstack.components.ceph.CephStorageClasses.LocalDisk;
import dev.neonstack.components.ceph.CephStorageClasses.Rbd;
import dev.neonstack.components.neon.keys.StorageKeysSpec;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.monitoring.MonitoringSpec;
import dev.neonstack.components.neon.namespace.NetworkSettings;
import dev.neonstack.components.neon.proxy.Exposure;
import dev.neonstack.components.neon.storage.StoragePlane;
import java.util.List;
import java.util.Optional;

/**
 * What a corporate stack declares beside its projects.
 *
 * @param production whether Pulumi refuses to remove what holds data
 * @param cluster how the cluster is reached
 * @param network what is where around the namespace
 * @param rbdClasses storage classes of Ceph to make
 * @param localClasses storage classes of disks to make
 * @param existingClasses storage classes that the cluster has
 * @param proxy absent: nobody comes in from outside
 */
public record CorpConfig(
    boolean production,
    Cluster cluster,
    NetworkSettings network,
    List<Rbd> rbdClasses,
    List<LocalDisk> localClasses,
    List<ExistingClass> existingClasses,
    Bucket bucket,
    Storage storage,
    Optional<Proxy> proxy,
    MonitoringSpec monitoring,
    StorageKeysSpec keys) {
  public CorpConfig {
    requireNonNull(cluster, "cluster is null");
    requireNonNull(network, "network is null");
    rbdClasses = List.copyOf(rbdClasses);
    localClasses = List.copyOf(localClasses);
    existingClasses = List.copyOf(existingClasses);
    requireNonNull(bucket, "bucket is null");
    requireNonNull(storage, "storage is null");
    requireNonNull(proxy, "proxy is null");
    requireNonNull(monitoring, "monitoring is null");
    requireNonNull(keys, "keys is null");
  }

  /**
   * How the cluster is reached.
   *
   * @param kubeconfig path of the file
   * @param context of the kubeconfig
   * @param namespace that Neon gets to itself
   * @param domainLabel label of nodes that tells failure domains apart
   * @param checks whether it is looked at before anything is declared
   */
  public record Cluster(
      String kubeconfig, String context, String namespace, String domainLabel, boolean checks) {}

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

  /**
   * The storage.
   *
   * @param region that the storage controller files safekeepers under
   */
  public record Storage(
      String region,
      PodSettings broker,
      StoragePlane.Controller controller,
      StoragePlane.PageserverSet pageservers,
      StoragePlane.SafekeeperSet safekeepers) {}

  /** The proxy. */
  public record Proxy(
      PodSettings pods,
      PodSettings valkeyPods,
      int replicas,
      Exposure exposure,
      String tlsSecret) {}
}
