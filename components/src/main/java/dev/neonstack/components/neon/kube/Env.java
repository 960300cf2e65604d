package dev.neonstack.components.neon.kube;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ObjectFieldSelectorArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretKeySelectorArgs;

/** Environment variables of containers. */
public final class Env {
  private Env() {}

  public static EnvVarArgs of(String name, String value) {
    return EnvVarArgs.builder().name(name).value(value).build();
  }

  public static EnvVarArgs of(String name, Output<String> value) {
    return EnvVarArgs.builder().name(name).value(value).build();
  }

  /** The value of an entry of a Secret. */
  public static EnvVarArgs secret(String name, SecretEntry entry) {
    return EnvVarArgs.builder()
        .name(name)
        .valueFrom(
            EnvVarSourceArgs.builder()
                .secretKeyRef(
                    SecretKeySelectorArgs.builder().name(entry.secret()).key(entry.key()).build())
                .build())
        .build();
  }

  /** The value of a field of the pod, such as {@code status.podIP}. */
  public static EnvVarArgs field(String name, String path) {
    return EnvVarArgs.builder()
        .name(name)
        .valueFrom(
            EnvVarSourceArgs.builder()
                .fieldRef(ObjectFieldSelectorArgs.builder().fieldPath(path).build())
                .build())
        .build();
  }
}
