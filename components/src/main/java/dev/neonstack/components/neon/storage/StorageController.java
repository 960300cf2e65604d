package dev.neonstack.components.neon.storage;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.apps.v1.inputs.RollingUpdateDeploymentArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.keys.StorageSecrets;
import dev.neonstack.components.neon.kube.ConfigChecksum;
import dev.neonstack.components.neon.kube.Env;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.PodPieces;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.Pods;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Probes;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.kube.Services;
import dev.neonstack.components.neon.kube.Workloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Places projects on pageservers and branches on safekeepers. Its mode is strict: without every
 * token and key it does not start. One instance leads; in an update the new one starts as a
 * candidate, asks the old one to step down and leads then, so that there is never a second opinion.
 */
public final class StorageController extends ComponentResource {
  private static final Role ROLE = Role.STORAGE_CONTROLLER;
  private static final int PORT = Ports.STORAGE_CONTROLLER;

  /** Its start reads the state of every project from its database and from pageservers. */
  private static final int START_SECONDS = 600;

  private final Deployment deployment;

  /**
   * A storage controller to have.
   *
   * @param database its Postgres, where the generations of all projects are
   * @param controlPlaneUrl base of the hooks it calls when a project moves
   */
  public record Spec(
      Home home,
      PodSettings pods,
      StorageSecrets secrets,
      DatabaseAccess database,
      String controlPlaneUrl,
      ControllerTuning tuning) {}

  /** Declares the storage controller. */
  public StorageController(
      String name, Spec spec, List<Resource> after, ComponentResourceOptions options) {
    super("neonstack:neon:StorageController", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var namespace = spec.home().namespace();
    var account = new ServiceAccount(name, Pods.account(namespace, ROLE), child);
    new Service(name, Services.of(namespace, ROLE, List.of(Services.port("http", PORT))), child);
    this.deployment = new Deployment(name, deployment(spec), Workloads.after(this, after, account));
    registerOutputs(Map.of());
  }

  /** What has to be up before pageservers can start. */
  public Resource workload() {
    return deployment;
  }

  static DeploymentArgs deployment(Spec spec) {
    var pod =
        PodPieces.pod(spec.pods(), ROLE, PodPieces.NEON_USER)
            .containers(container(spec))
            .terminationGracePeriodSeconds(60);
    spec.database().volume().ifPresent(pod::volumes);
    var template =
        Pods.template(
            ROLE, ConfigChecksum.annotation(Output.of(Map.of()), secrets(spec)), pod.build());
    return DeploymentArgs.builder()
        .metadata(Metadata.of(spec.home().namespace(), ROLE.word(), ROLE).build())
        .spec(
            DeploymentSpecArgs.builder()
                .replicas(1)
                .strategy(
                    DeploymentStrategyArgs.builder()
                        .type("RollingUpdate")
                        .rollingUpdate(
                            RollingUpdateDeploymentArgs.builder()
                                .maxSurge(1)
                                .maxUnavailable(0)
                                .build())
                        .build())
                .selector(Metadata.select(ROLE))
                .template(template)
                .build())
        .build();
  }

  private static ContainerArgs container(Spec spec) {
    var container =
        PodPieces.container(ROLE.word(), spec.pods())
            .command("/usr/local/bin/storage_controller")
            .args(args(spec))
            .env(env(spec))
            .ports(PodPieces.port("http", PORT))
            .startupProbe(Probes.startup("/status", PORT, START_SECONDS))
            .livenessProbe(Probes.liveness("/live", PORT))
            .readinessProbe(Probes.readiness("/ready", PORT));
    spec.database().mount().ifPresent(container::volumeMounts);
    return container.build();
  }

  private static List<EnvVarArgs> env(Spec spec) {
    var secrets = spec.secrets();
    var env = new ArrayList<EnvVarArgs>();
    env.add(Env.field("POD_IP", "status.podIP"));
    env.addAll(spec.database().env());
    env.add(Env.secret("PUBLIC_KEY", secrets.controllerPublicKey()));
    env.add(Env.secret("PAGESERVER_JWT_TOKEN", secrets.controllerToPageservers()));
    env.add(Env.secret("SAFEKEEPER_JWT_TOKEN", secrets.controllerToSafekeepers()));
    env.add(Env.secret("CONTROL_PLANE_JWT_TOKEN", secrets.controllerToControlPlane()));
    env.add(Env.secret("PEER_JWT_TOKEN", secrets.controllerToPeers()));
    return env;
  }

  private static List<String> args(Spec spec) {
    var tuning = spec.tuning();
    return List.of(
        "--listen=0.0.0.0:" + PORT,
        "--address-for-peers=http://$(POD_IP):%d/".formatted(PORT),
        "--start-as-candidate",
        "--control-plane-url=" + spec.controlPlaneUrl(),
        "--public-key=$(PUBLIC_KEY)",
        "--timelines-onto-safekeepers",
        "--timeline-safekeeper-count=" + Safekeepers.PER_BRANCH,
        "--handle-ps-local-disk-loss",
        "--tenant-rate-limit=" + tuning.tenantRateLimit(),
        "--max-offline-interval=" + seconds(tuning.maxOfflineInterval()),
        "--max-warming-up-interval=" + seconds(tuning.maxWarmingUpInterval()),
        "--heartbeat-interval=" + seconds(tuning.heartbeatInterval()),
        "--db-connect-timeout=60s");
  }

  private static List<SecretEntry> secrets(Spec spec) {
    var secrets = new ArrayList<>(spec.database().secrets());
    secrets.add(spec.secrets().controllerPublicKey());
    secrets.add(spec.secrets().controllerToPageservers());
    secrets.add(spec.secrets().controllerToSafekeepers());
    secrets.add(spec.secrets().controllerToControlPlane());
    secrets.add(spec.secrets().controllerToPeers());
    return secrets;
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
