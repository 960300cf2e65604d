package dev.neonstack.components.neon.controlplane;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import dev.neonstack.components.neon.kube.ConfigChecksum;
import dev.neonstack.components.neon.kube.Env;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.PodPieces;
import dev.neonstack.components.neon.kube.Pods;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Probes;
import dev.neonstack.components.neon.kube.Volumes;
import dev.neonstack.components.neon.storage.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pods of the control plane. */
final class ControlPlanePods {
  private static final String SECRETS = "secrets";
  private static final String SECRETS_DIRECTORY = "/etc/neon/control-plane";
  private static final String DATA = "data";
  private static final String DATA_DIRECTORY = "/data";
  private static final int START_SECONDS = 120;

  private ControlPlanePods() {}

  /** One pod, as a catalog is one server's; a new one starts when the old one has let go of it. */
  static DeploymentArgs deployment(ControlPlane.Spec spec) {
    var keys = spec.keys();
    var pod =
        PodPieces.pod(spec.pods(), ControlPlane.ROLE, PodPieces.NEON_USER)
            .containers(container(spec))
            .volumes(Volumes.secret(SECRETS, keys.secret()), claimed())
            .terminationGracePeriodSeconds(60)
            .build();
    // The other entries are read for every call.
    var checksum = ConfigChecksum.annotation(Output.of(Map.of()), List.of(keys.apiKeyEntry()));
    return DeploymentArgs.builder()
        .metadata(
            Metadata.of(spec.home().namespace(), ControlPlane.ROLE.word(), ControlPlane.ROLE)
                .build())
        .spec(
            DeploymentSpecArgs.builder()
                .replicas(1)
                .strategy(DeploymentStrategyArgs.builder().type("Recreate").build())
                .selector(Metadata.select(ControlPlane.ROLE))
                .template(Pods.template(ControlPlane.ROLE, checksum, pod))
                .build())
        .build();
  }

  private static VolumeArgs claimed() {
    return VolumeArgs.builder()
        .name(DATA)
        .persistentVolumeClaim(
            PersistentVolumeClaimVolumeSourceArgs.builder()
                .claimName(ControlPlane.ROLE.word())
                .build())
        .build();
  }

  private static ContainerArgs container(ControlPlane.Spec spec) {
    return PodPieces.container(ControlPlane.ROLE.word(), spec.pods())
        .env(env(spec))
        .ports(
            PodPieces.port(ControlPlane.API, Ports.CONTROL_PLANE_API),
            PodPieces.port(ControlPlane.INTERNAL, Ports.CONTROL_PLANE))
        .volumeMounts(
            Volumes.readOnly(SECRETS, SECRETS_DIRECTORY), Volumes.mount(DATA, DATA_DIRECTORY))
        .startupProbe(Probes.startup("/live", Ports.CONTROL_PLANE_API, START_SECONDS))
        .livenessProbe(Probes.liveness("/live", Ports.CONTROL_PLANE_API))
        .readinessProbe(Probes.readiness("/ready", Ports.CONTROL_PLANE_API))
        .build();
  }

  private static List<EnvVarArgs> env(ControlPlane.Spec spec) {
    var keys = spec.keys();
    var env = new ArrayList<EnvVarArgs>();
    env.add(Env.of("NEONSTACK_STORAGE_URL", Addresses.storageController(spec.home())));
    env.add(Env.of("NEONSTACK_STORAGE_TOKEN_FILE", file(keys.storageToken())));
    env.add(Env.of("NEONSTACK_API_KEY_FILE", file(keys.apiKey())));
    env.add(Env.of("NEONSTACK_API_PORT", Integer.toString(Ports.CONTROL_PLANE_API)));
    env.add(Env.of("NEONSTACK_INTERNAL_PORT", Integer.toString(Ports.CONTROL_PLANE)));
    env.add(Env.of("NEONSTACK_HOOK_KEY_FILE", file(keys.hookPublicKey())));
    keys.proxyPublicKey()
        .ifPresent(entry -> env.add(Env.of("NEONSTACK_PROXY_KEY_FILE", file(entry))));
    env.add(
        Env.of(
            "NEONSTACK_SAFEKEEPERS",
            String.join(",", Addresses.safekeepers(spec.home(), spec.safekeepers()))));
    env.add(Env.of("NEONSTACK_SAFEKEEPER_TOKEN_FILE", file(keys.safekeeperToken())));
    env.add(Env.of("NEONSTACK_CATALOG_FOLDER", DATA_DIRECTORY));
    return env;
  }

  private static String file(String entry) {
    return SECRETS_DIRECTORY + "/" + entry;
  }
}
