package dev.neonstack.components.neon.kube;

import static java.util.Objects.requireNonNull;

import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.Map;

/**
 * The volume of a pod that keeps something.
 *
 * @param storageClass name of a StorageClass
 * @param sizeGiB in GiB
 */
public record VolumeNeeds(String storageClass, int sizeGiB) {
  public VolumeNeeds {
    requireNonNull(storageClass, "storageClass is null");
    if (sizeGiB < 1) {
      throw new IllegalArgumentException("sizeGiB is %d; expected 1 or more".formatted(sizeGiB));
    }
  }

  /** The claim a StatefulSet makes for each of its pods. */
  public PersistentVolumeClaimArgs claim(String name, Role role) {
    return PersistentVolumeClaimArgs.builder()
        .metadata(ObjectMetaArgs.builder().name(name).labels(role.selector()).build())
        .spec(spec())
        .build();
  }

  /** What a claim asks for. */
  public PersistentVolumeClaimSpecArgs spec() {
    return PersistentVolumeClaimSpecArgs.builder()
        .accessModes("ReadWriteOnce")
        .storageClassName(storageClass)
        .resources(
            ResourceRequirementsArgs.builder().requests(Map.of("storage", sizeGiB + "Gi")).build())
        .build();
  }
}
