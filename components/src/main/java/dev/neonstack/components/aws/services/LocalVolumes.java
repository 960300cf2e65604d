package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.storage.v1.StorageClass;
import com.pulumi.kubernetes.storage.v1.StorageClassArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.ImageRef;
import dev.neonstack.components.neon.kube.Placement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A storage class of the disks that are built into nodes, for the caches of pageservers. What is on
 * them is lost with the node. Neither kind fits nodes whose disks nodeadm joins to one array: that
 * is the node's own, for images and scratch files.
 */
public final class LocalVolumes extends ComponentResource {
  /** Provisioner 2.9.0, the newest in August 2026. */
  static final Chart CHART =
      new Chart(
          "local-static-provisioner",
          "https://kubernetes-sigs.github.io/sig-storage-local-static-provisioner",
          "2.9.0");

  /** Where a node lists its disks by what they are. */
  static final String DISKS = "/dev/disk/by-id";

  /** The disks built into a machine, each by one of its names; never a volume of EBS. */
  static final String BUILT_IN = "nvme-Amazon_EC2_NVMe_Instance_Storage_*_1";

  private final StorageClass storageClass;

  /** Who makes volumes of the disks. */
  public enum Kind {
    /**
     * The EKS add-on {@code aws-ec2-local-instance-store-csi-driver}: volumes of the size asked
     * for. It takes every built-in disk of every node and wipes it. A claim whose node is gone has
     * to be removed by hand.
     */
    INSTANCE_STORE_CSI,
    /**
     * The local static provisioner: one volume per disk, as large as the disk. A claim whose node
     * is gone is removed by its node cleanup controller.
     */
    STATIC
  }

  /**
   * A storage class to have.
   *
   * @param storageClass its name
   * @param nodes that have such disks; the provisioner runs there
   */
  public record Spec(Kind kind, String storageClass, Placement nodes) {
    public Spec {
      requireNonNull(kind, "kind is null");
      requireNonNull(nodes, "nodes is null");
      if (!storageClass.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
        throw new IllegalArgumentException(
            "storageClass is '%s'; expected a name of lower case letters, digits and dashes"
                .formatted(storageClass));
      }
    }
  }

  /**
   * Declares the class, and its provisioner where it needs one.
   *
   * @param cleanup the image of the provisioner's node cleanup controller, of the same release as
   *     {@link #CHART} or an earlier one
   */
  public LocalVolumes(String name, Spec spec, ImageRef cleanup, ComponentResourceOptions options) {
    super("neonstack:aws:LocalVolumes", name, options);
    this.storageClass =
        new StorageClass(
            name, storageClass(spec), CustomResourceOptions.builder().parent(this).build());
    if (spec.kind() == Kind.STATIC) {
      Releases.of(
          this, name, CHART, Namespaces.SYSTEM, values(spec), List.<Resource>of(storageClass));
      var unused =
          new NodeCleanup(
              name + "-cleanup",
              cleanup,
              spec.storageClass(),
              ComponentResourceOptions.builder().parent(this).build());
    }
    registerOutputs(Map.of());
  }

  /** What has to be there before claims refer to it. */
  public Resource storageClass() {
    return storageClass;
  }

  /** Nothing but pageservers runs on these nodes, so that a volume may use all the disk can do. */
  static StorageClassArgs storageClass(Spec spec) {
    var args =
        StorageClassArgs.builder()
            .metadata(
                ObjectMetaArgs.builder().name(spec.storageClass()).labels(Account.LABELS).build())
            .reclaimPolicy("Delete")
            .allowVolumeExpansion(false)
            .volumeBindingMode("WaitForFirstConsumer");
    return switch (spec.kind()) {
      case INSTANCE_STORE_CSI ->
          args.provisioner("lis.csi.aws.com").parameters(Map.of("throttling", "false")).build();
      case STATIC -> args.provisioner("kubernetes.io/no-provisioner").build();
    };
  }

  /** Privileged, as whoever mounts disks has to be. */
  static Map<String, Object> values(Spec spec) {
    var values = new LinkedHashMap<String, Object>();
    values.put(
        "classes",
        List.of(
            Map.of(
                "name",
                spec.storageClass(),
                "hostDir",
                DISKS,
                "namePattern",
                BUILT_IN,
                "volumeMode",
                "Filesystem",
                "fsType",
                "ext4",
                "blockCleanerCommand",
                List.of("/scripts/quick_reset.sh"))));
    values.put("nodeSelector", spec.nodes().nodeSelector());
    values.put("tolerations", tolerations(spec.nodes()));
    values.put("priorityClassName", "system-node-critical");
    values.put("resources", Needs.of("10m", "128Mi"));
    return values;
  }

  private static List<Map<String, Object>> tolerations(Placement nodes) {
    var tolerations = new ArrayList<Map<String, Object>>();
    for (var taint : nodes.tolerations()) {
      var toleration = new LinkedHashMap<String, Object>();
      toleration.put("key", taint.key());
      toleration.put("effect", taint.effect());
      toleration.put("operator", taint.value().isPresent() ? "Equal" : "Exists");
      taint.value().ifPresent(value -> toleration.put("value", value));
      tolerations.add(toleration);
    }
    return tolerations;
  }
}
