package dev.neonstack.components.neon.kube;

import com.pulumi.kubernetes.core.v1.inputs.ConfigMapVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.KeyToPathArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;

/** Volumes of pods and where containers see them. */
public final class Volumes {
  /** Readable by the owner and the group of the pod. */
  private static final int READ_ONLY = 0440;

  private Volumes() {}

  public static VolumeArgs configMap(String name, String configMap) {
    return VolumeArgs.builder()
        .name(name)
        .configMap(
            ConfigMapVolumeSourceArgs.builder().name(configMap).defaultMode(READ_ONLY).build())
        .build();
  }

  /** Every entry of a Secret as a file. */
  public static VolumeArgs secret(String name, String secret) {
    return VolumeArgs.builder()
        .name(name)
        .secret(SecretVolumeSourceArgs.builder().secretName(secret).defaultMode(READ_ONLY).build())
        .build();
  }

  /** One entry of a Secret as a file of this name. */
  public static VolumeArgs secretFile(String name, SecretEntry entry, String file) {
    return VolumeArgs.builder()
        .name(name)
        .secret(
            SecretVolumeSourceArgs.builder()
                .secretName(entry.secret())
                .defaultMode(READ_ONLY)
                .items(KeyToPathArgs.builder().key(entry.key()).path(file).build())
                .build())
        .build();
  }

  /** Room for files that need not outlive the pod. */
  public static VolumeArgs scratch(String name, String sizeLimit) {
    return VolumeArgs.builder()
        .name(name)
        .emptyDir(EmptyDirVolumeSourceArgs.builder().sizeLimit(sizeLimit).build())
        .build();
  }

  public static VolumeMountArgs mount(String name, String path) {
    return VolumeMountArgs.builder().name(name).mountPath(path).build();
  }

  public static VolumeMountArgs readOnly(String name, String path) {
    return VolumeMountArgs.builder().name(name).mountPath(path).readOnly(true).build();
  }
}
