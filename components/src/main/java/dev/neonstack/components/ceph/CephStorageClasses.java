package dev.neonstack.components.ceph;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.storage.v1.StorageClass;
import com.pulumi.kubernetes.storage.v1.StorageClassArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Storage classes of a corporate cluster: Ceph's block devices for what must not be lost, and disks
 * of the nodes for the cache of pageservers. Volumes of Ceph stay when their claim goes.
 */
public final class CephStorageClasses extends ComponentResource {
  private final List<Resource> made = new ArrayList<>();

  /**
   * Block devices of Ceph, made by its CSI driver.
   *
   * @param name of the class
   * @param provisioner such as {@code rook-ceph.rbd.csi.ceph.com}
   * @param clusterId the namespace of Rook, or the fsid of Ceph
   * @param pool with replicas; never one that is erasure coded without a replicated pool for data
   *     about data
   * @param secretNamespace where the driver's Secrets are
   * @param provisionerSecret of the driver, for making volumes
   * @param nodeSecret of the driver, for mounting them
   */
  public record Rbd(
      String name,
      String provisioner,
      String clusterId,
      String pool,
      String secretNamespace,
      String provisionerSecret,
      String nodeSecret) {}

  /**
   * Disks of nodes.
   *
   * @param name of the class
   * @param provisioner that makes volumes of them; absent: an administrator does
   */
  public record LocalDisk(String name, Optional<String> provisioner) {}

  /** Declares the classes. */
  public CephStorageClasses(
      String name, List<Rbd> rbd, List<LocalDisk> local, ComponentResourceOptions options) {
    super("neonstack:ceph:CephStorageClasses", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    rbd.forEach(one -> made.add(new StorageClass(name + "-" + one.name(), args(one), child)));
    local.forEach(one -> made.add(new StorageClass(name + "-" + one.name(), args(one), child)));
    registerOutputs(Map.of());
  }

  /** What has to be there before claims refer to it. */
  public List<Resource> classes() {
    return List.copyOf(made);
  }

  static StorageClassArgs args(Rbd rbd) {
    var parameters = new TreeMap<String, String>();
    parameters.put("clusterID", rbd.clusterId());
    parameters.put("pool", rbd.pool());
    parameters.put("imageFormat", "2");
    parameters.put("imageFeatures", "layering");
    parameters.put("csi.storage.k8s.io/fstype", "ext4");
    for (var step : List.of("provisioner", "controller-expand")) {
      secret(parameters, step, rbd.provisionerSecret(), rbd.secretNamespace());
    }
    secret(parameters, "node-stage", rbd.nodeSecret(), rbd.secretNamespace());
    return StorageClassArgs.builder()
        .metadata(ObjectMetaArgs.builder().name(rbd.name()).build())
        .provisioner(rbd.provisioner())
        .parameters(parameters)
        .reclaimPolicy("Retain")
        .allowVolumeExpansion(true)
        .volumeBindingMode("WaitForFirstConsumer")
        .build();
  }

  static StorageClassArgs args(LocalDisk disk) {
    return StorageClassArgs.builder()
        .metadata(ObjectMetaArgs.builder().name(disk.name()).build())
        .provisioner(disk.provisioner().orElse("kubernetes.io/no-provisioner"))
        .reclaimPolicy("Delete")
        .volumeBindingMode("WaitForFirstConsumer")
        .build();
  }

  private static void secret(
      Map<String, String> parameters, String step, String name, String namespace) {
    parameters.put("csi.storage.k8s.io/%s-secret-name".formatted(step), name);
    parameters.put("csi.storage.k8s.io/%s-secret-namespace".formatted(step), namespace);
  }
}
