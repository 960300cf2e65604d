package dev.neonstack.components.neon.storage;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
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
import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.Volumes;
import dev.neonstack.components.neon.kube.Workloads;
import java.util.List;
import java.util.Map;

/**
 * Keeps safekeepers registered at the storage controller and active, which they do not do for
 * themselves. It compares and mends all the time, as a controller does: a Job would run once and
 * miss a safekeeper that is added or a controller whose database is restored, and a container
 * beside each safekeeper would put the token that may set policies into the pods that computes
 * reach. It is ready only while all are registered, so that an update ends when branches can be
 * made, and not before.
 */
public final class SafekeeperRegistrar extends ComponentResource {
  private static final Role ROLE = Role.SAFEKEEPER_REGISTRAR;
  private static final ResourceNeeds NEEDS = ResourceNeeds.burstable("20m", "64Mi");
  private static final String SCRIPT = "register.sh";
  private static final String READY_FILE = "/tmp/registered";
  private static final String INTERVAL_SECONDS = "10";
  private static final String CONFIG_DIRECTORY = "/etc/neon/config";
  private static final String INFRA_DIRECTORY = "/etc/neon/infra";
  private static final String ADMIN_DIRECTORY = "/etc/neon/admin";

  private final Deployment deployment;

  /**
   * What is to be registered.
   *
   * @param pods of which image and placement are taken
   * @param region that the storage controller files safekeepers under
   */
  public record Spec(
      Home home, PodSettings pods, StorageSecrets secrets, int safekeepers, String region) {}

  /** Declares the registrar. */
  public SafekeeperRegistrar(
      String name, Spec spec, List<Resource> after, ComponentResourceOptions options) {
    super("neonstack:neon:SafekeeperRegistrar", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var namespace = spec.home().namespace();
    var account = new ServiceAccount(name, Pods.account(namespace, ROLE), child);
    var files =
        new ConfigMap(
            name,
            ConfigMapArgs.builder()
                .metadata(Metadata.of(namespace, ROLE.word(), ROLE).build())
                .data(files())
                .build(),
            child);
    this.deployment =
        new Deployment(name, deployment(spec), Workloads.after(this, after, account, files));
    registerOutputs(Map.of());
  }

  /** What is up once branches can be made. */
  public Resource workload() {
    return deployment;
  }

  private static Map<String, String> files() {
    return Map.of(SCRIPT, Scripts.read("register-safekeepers.sh"));
  }

  static DeploymentArgs deployment(Spec spec) {
    var secrets = spec.secrets();
    var pod =
        PodPieces.pod(spec.pods(), ROLE, PodPieces.NEON_USER)
            .containers(container(spec))
            .volumes(
                Volumes.configMap("config", ROLE.word()),
                Volumes.secretFile("infra", secrets.registrar(), "token"),
                Volumes.secretFile("admin", secrets.registrarAdmin(), "token"),
                Volumes.scratch("tmp", "16Mi"))
            .terminationGracePeriodSeconds(5)
            .build();
    return DeploymentArgs.builder()
        .metadata(Metadata.of(spec.home().namespace(), ROLE.word(), ROLE).build())
        .spec(
            DeploymentSpecArgs.builder()
                .replicas(1)
                .strategy(DeploymentStrategyArgs.builder().type("Recreate").build())
                .selector(Metadata.select(ROLE))
                .template(
                    Pods.template(
                        ROLE, ConfigChecksum.annotation(Output.of(files()), List.of()), pod))
                .build())
        .build();
  }

  private static ContainerArgs container(Spec spec) {
    return PodPieces.container(ROLE.word(), spec.pods().with(NEEDS))
        .command("/bin/sh", CONFIG_DIRECTORY + "/" + SCRIPT)
        .env(
            Env.of("CONTROLLER", Addresses.storageController(spec.home())),
            Env.of("SAFEKEEPERS", Integer.toString(spec.safekeepers())),
            Env.of("POD_PREFIX", Role.SAFEKEEPER.word()),
            Env.of("HOST_SUFFIX", spec.home().host("")),
            Env.of("DOMAIN_PREFIX", FailureDomain.PREFIX),
            Env.of("REGION", spec.region()),
            Env.of("WAL_PORT", Integer.toString(Ports.SAFEKEEPER_WAL)),
            Env.of("HTTP_PORT", Integer.toString(Ports.SAFEKEEPER_HTTP)),
            Env.of("INFRA_TOKEN", INFRA_DIRECTORY + "/token"),
            Env.of("ADMIN_TOKEN", ADMIN_DIRECTORY + "/token"),
            Env.of("READY_FILE", READY_FILE),
            Env.of("INTERVAL_SECONDS", INTERVAL_SECONDS))
        .volumeMounts(
            Volumes.readOnly("config", CONFIG_DIRECTORY),
            Volumes.readOnly("infra", INFRA_DIRECTORY),
            Volumes.readOnly("admin", ADMIN_DIRECTORY),
            Volumes.mount("tmp", "/tmp"))
        .readinessProbe(Probes.command(1, "test", "-f", READY_FILE))
        .build();
  }
}
