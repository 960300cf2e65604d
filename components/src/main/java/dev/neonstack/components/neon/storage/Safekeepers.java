package dev.neonstack.components.neon.storage;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.StatefulSet;
import com.pulumi.kubernetes.apps.v1.StatefulSetArgs;
import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetUpdateStrategyArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
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
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.components.neon.kube.Volumes;
import dev.neonstack.components.neon.kube.Workloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The servers that make commits durable: a commit is safe once most of a branch's three have it. At
 * most one stands in each failure domain, and updates take them one by one. A domain is whatever
 * the nodes' domain label says: a zone, or a rack or host in a cluster of one zone. The id of a
 * safekeeper is its ordinal and one, and its availability zone in Neon is named for the ordinal,
 * which is true since no two share a domain.
 */
public final class Safekeepers extends ComponentResource {
  /** How many safekeepers each branch has. */
  public static final int PER_BRANCH = 3;

  private static final Role ROLE = Role.SAFEKEEPER;
  private static final int START_SECONDS = 600;
  private static final Duration STOP = Duration.ofMinutes(1);
  private static final String DATA = "data";
  private static final String KEYS = "public-keys";
  private static final String KEYS_DIRECTORY = "/etc/neon/public-keys";
  private static final String TOKEN = "token";
  private static final String TOKEN_DIRECTORY = "/etc/neon/token";

  /** The id comes from the ordinal, which only a shell can take from the name. */
  private static final String SCRIPT =
      """
      ordinal="${POD_NAME##*-}"
      mkdir -p /data/safekeeper
      exec /usr/local/bin/safekeeper "$@" \\
        --id="$((ordinal + 1))" \\
        --availability-zone="%s-${ordinal}" \\
        --remote-storage="${REMOTE_STORAGE}"
      """
          .formatted(FailureDomain.PREFIX);

  private final StatefulSet statefulSet;

  /**
   * Safekeepers to have.
   *
   * @param replicas odd, three or more
   * @param domainLabel label of nodes that tells failure domains apart
   */
  public record Spec(
      Home home,
      PodSettings pods,
      StorageSecrets secrets,
      ObjectStore objectStore,
      VolumeNeeds volume,
      int replicas,
      String domainLabel) {
    public Spec {
      if (replicas < PER_BRANCH || replicas % 2 == 0) {
        throw new IllegalArgumentException(
            "replicas is %d; expected an odd number of %d or more".formatted(replicas, PER_BRANCH));
      }
    }
  }

  /** Declares the safekeepers. */
  public Safekeepers(
      String name, Spec spec, List<Resource> after, ComponentResourceOptions options) {
    super("neonstack:neon:Safekeepers", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var namespace = spec.home().namespace();
    var identity = spec.objectStore().access().identity(ROLE);
    var account = new ServiceAccount(name, Pods.account(namespace, ROLE, identity), child);
    new Service(name, Services.headless(namespace, ROLE, ports()), child);
    for (var ordinal = 0; ordinal < spec.replicas(); ordinal++) {
      new Service(name + "-" + ordinal, Services.ofPod(namespace, ROLE, ordinal, ports()), child);
    }
    new PodDisruptionBudget(name, Pods.oneAtATimeOfAQuorum(namespace, ROLE), child);
    this.statefulSet =
        new StatefulSet(
            name,
            statefulSet(spec),
            Workloads.oneByOne(spec.replicas(), STOP, this, after, account));
    registerOutputs(Map.of());
  }

  /** What has to be up before branches can be made. */
  public Resource workload() {
    return statefulSet;
  }

  static StatefulSetArgs statefulSet(Spec spec) {
    var access = new S3Access(spec.objectStore());
    var volumes = new ArrayList<VolumeArgs>();
    volumes.add(Volumes.secret(KEYS, spec.secrets().publicKeys().secret()));
    volumes.add(Volumes.secretFile(TOKEN, spec.secrets().safekeepersToSafekeepers(), TOKEN));
    volumes.addAll(access.volumes());
    var pod =
        PodPieces.pod(spec.pods(), ROLE, PodPieces.NEON_USER)
            .affinity(PodPieces.onePerDomain(ROLE, spec.domainLabel()))
            .containers(container(spec, access))
            .volumes(volumes)
            .terminationGracePeriodSeconds((int) STOP.toSeconds())
            .build();
    return StatefulSetArgs.builder()
        .metadata(Metadata.of(spec.home().namespace(), ROLE.word(), ROLE).build())
        .spec(
            StatefulSetSpecArgs.builder()
                .replicas(spec.replicas())
                .serviceName(ROLE.word())
                .podManagementPolicy("Parallel")
                .minReadySeconds(10)
                .updateStrategy(
                    StatefulSetUpdateStrategyArgs.builder().type("RollingUpdate").build())
                .selector(Metadata.select(ROLE))
                .template(
                    Pods.template(
                        ROLE,
                        ConfigChecksum.annotation(Output.of(Map.of()), secrets(spec, access)),
                        pod))
                .volumeClaimTemplates(spec.volume().claim(DATA, ROLE))
                .build())
        .build();
  }

  private static ContainerArgs container(Spec spec, S3Access access) {
    var env = new ArrayList<EnvVarArgs>();
    env.add(Env.field("POD_NAME", "metadata.name"));
    env.add(Env.of("REMOTE_STORAGE", access.inlineTable(spec.objectStore().safekeeperPrefix())));
    env.addAll(access.env());
    var mounts = new ArrayList<VolumeMountArgs>();
    mounts.add(Volumes.mount(DATA, "/data"));
    mounts.add(Volumes.readOnly(KEYS, KEYS_DIRECTORY));
    mounts.add(Volumes.readOnly(TOKEN, TOKEN_DIRECTORY));
    mounts.addAll(access.mounts());
    return PodPieces.container(ROLE.word(), spec.pods())
        .command("/bin/sh", "-ec", SCRIPT, "safekeeper")
        .args(args(spec))
        .env(env)
        .ports(
            PodPieces.port("wal", Ports.SAFEKEEPER_WAL),
            PodPieces.port("http", Ports.SAFEKEEPER_HTTP))
        .volumeMounts(mounts)
        .startupProbe(Probes.startup("/v1/status", Ports.SAFEKEEPER_HTTP, START_SECONDS))
        .livenessProbe(Probes.liveness("/v1/status", Ports.SAFEKEEPER_HTTP))
        .readinessProbe(Probes.readiness("/v1/status", Ports.SAFEKEEPER_HTTP))
        .build();
  }

  private static List<String> args(Spec spec) {
    return List.of(
        "--datadir=/data/safekeeper",
        "--listen-pg=0.0.0.0:" + Ports.SAFEKEEPER_WAL,
        "--listen-http=0.0.0.0:" + Ports.SAFEKEEPER_HTTP,
        "--advertise-pg=%s:%d".formatted(spec.home().host("$(POD_NAME)"), Ports.SAFEKEEPER_WAL),
        "--broker-endpoint=" + Addresses.storageBroker(spec.home()),
        "--pg-auth-public-key-path=" + KEYS_DIRECTORY,
        "--http-auth-public-key-path=" + KEYS_DIRECTORY,
        "--auth-token-path=%s/%s".formatted(TOKEN_DIRECTORY, TOKEN));
  }

  private static List<SecretEntry> secrets(Spec spec, S3Access access) {
    var secrets = new ArrayList<>(access.secrets());
    secrets.add(spec.secrets().publicKeys().asEntry());
    secrets.add(spec.secrets().safekeepersToSafekeepers());
    return secrets;
  }

  private static List<ServicePortArgs> ports() {
    return List.of(
        Services.port("wal", Ports.SAFEKEEPER_WAL), Services.port("http", Ports.SAFEKEEPER_HTTP));
  }
}
