package dev.neonstack.components.neon.storage;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.StatefulSetArgs;
import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetUpdateStrategyArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.ExecActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.LifecycleArgs;
import com.pulumi.kubernetes.core.v1.inputs.LifecycleHandlerArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import dev.neonstack.components.neon.kube.ConfigChecksum;
import dev.neonstack.components.neon.kube.Env;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.PodPieces;
import dev.neonstack.components.neon.kube.Pods;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Probes;
import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.kube.Volumes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pods of pageservers. */
final class PageserverPods {
  static final String KEYS_DIRECTORY = "/etc/neon/public-keys";

  /** A start reads the list of projects from the controller, which may still be starting. */
  private static final int START_SECONDS = 900;

  /** What a stop takes after the projects are handed over. */
  private static final Duration STOP = Duration.ofMinutes(2);

  /**
   * How long a pageserver has to be ready before the next one stops: until then it does not follow
   * the projects that the next one would hand over to it, and nothing would be handed over.
   */
  private static final Duration CATCH_UP = Duration.ofMinutes(2);

  private static final String DATA = "data";
  private static final String WORK_DIRECTORY = "/data/pageserver";
  private static final String CONFIG = "config";
  private static final String CONFIG_DIRECTORY = "/etc/neon/config";
  private static final String KEYS = "public-keys";
  private static final String DRAIN = "drain-token";
  private static final String DRAIN_DIRECTORY = "/etc/neon/drain";
  private static final String SCRATCH = "tmp";

  private PageserverPods() {}

  static StatefulSetArgs statefulSet(Pageservers.Spec spec, Output<Map<String, String>> files) {
    var access = new S3Access(spec.objectStore());
    var pod =
        PodPieces.pod(spec.pods(), Pageservers.ROLE, PodPieces.NEON_USER)
            .affinity(PodPieces.onePerDomain(Pageservers.ROLE, spec.domainLabel()))
            .initContainers(prepare(spec))
            .containers(container(spec, access))
            .volumes(volumes(spec, access))
            .terminationGracePeriodSeconds((int) stop(spec).toSeconds())
            .build();
    var set =
        StatefulSetSpecArgs.builder()
            .replicas(spec.replicas())
            .serviceName(Pageservers.ROLE.word())
            .podManagementPolicy("Parallel")
            .updateStrategy(StatefulSetUpdateStrategyArgs.builder().type("RollingUpdate").build())
            .selector(Metadata.select(Pageservers.ROLE))
            .template(
                Pods.template(
                    Pageservers.ROLE, ConfigChecksum.annotation(files, secrets(spec, access)), pod))
            .volumeClaimTemplates(spec.volume().claim(DATA, Pageservers.ROLE));
    if (spec.drains()) {
      set.minReadySeconds((int) CATCH_UP.toSeconds());
    }
    return StatefulSetArgs.builder()
        .metadata(
            Metadata.of(spec.home().namespace(), Pageservers.ROLE.word(), Pageservers.ROLE).build())
        .spec(set.build())
        .build();
  }

  /** How long a stop may take, with handing the projects over. */
  static Duration stop(Pageservers.Spec spec) {
    return spec.drains() ? STOP.plus(spec.drain()) : STOP;
  }

  /** How long an update may be busy with one pod, its start left out. */
  static Duration turn(Pageservers.Spec spec) {
    return spec.drains() ? stop(spec).plus(CATCH_UP) : stop(spec);
  }

  private static ContainerArgs prepare(Pageservers.Spec spec) {
    return PodPieces.container("prepare", spec.pods().with(script(spec)))
        .command("/bin/sh", CONFIG_DIRECTORY + "/prepare.sh")
        .env(
            Env.field("POD_NAME", "metadata.name"),
            Env.of("HOST_SUFFIX", spec.home().host("")),
            Env.of("WORK_DIRECTORY", WORK_DIRECTORY),
            Env.of("CONFIG", CONFIG_DIRECTORY),
            Env.of("PAGES_PORT", Integer.toString(Ports.PAGESERVER_PAGES)),
            Env.of("HTTP_PORT", Integer.toString(Ports.PAGESERVER_HTTP)),
            Env.of("DOMAIN_PREFIX", FailureDomain.PREFIX),
            Env.secret("CONTROLLER_TOKEN", spec.secrets().pageserversToController()))
        .volumeMounts(Volumes.mount(DATA, "/data"), Volumes.readOnly(CONFIG, CONFIG_DIRECTORY))
        .build();
  }

  /** Guaranteed as the pageserver is, since a pod is so only when all its containers are. */
  private static ResourceNeeds script(Pageservers.Spec spec) {
    return new ResourceNeeds("50m", "64Mi", spec.pods().needs().guaranteed());
  }

  private static ContainerArgs container(Pageservers.Spec spec, S3Access access) {
    var container =
        PodPieces.container(Pageservers.ROLE.word(), spec.pods())
            .command("/usr/local/bin/pageserver")
            .args("--workdir=" + WORK_DIRECTORY)
            .env(env(spec, access))
            .ports(
                PodPieces.port("pages", Ports.PAGESERVER_PAGES),
                PodPieces.port("http", Ports.PAGESERVER_HTTP))
            .volumeMounts(mounts(spec, access))
            .startupProbe(Probes.startup("/v1/status", Ports.PAGESERVER_HTTP, START_SECONDS))
            .livenessProbe(Probes.liveness("/v1/status", Ports.PAGESERVER_HTTP))
            .readinessProbe(Probes.readiness("/v1/status", Ports.PAGESERVER_HTTP));
    if (spec.drains()) {
      container.lifecycle(
          LifecycleArgs.builder()
              .preStop(
                  LifecycleHandlerArgs.builder()
                      .exec(
                          ExecActionArgs.builder()
                              .command("/bin/sh", CONFIG_DIRECTORY + "/drain.sh")
                              .build())
                      .build())
              .build());
    }
    return container.build();
  }

  private static List<EnvVarArgs> env(Pageservers.Spec spec, S3Access access) {
    var env = new ArrayList<EnvVarArgs>();
    env.add(Env.field("POD_NAME", "metadata.name"));
    env.add(Env.secret("NEON_AUTH_TOKEN", spec.secrets().pageserversToSafekeepers()));
    env.addAll(access.env());
    if (spec.drains()) {
      env.add(Env.of("CONTROLLER", Addresses.storageController(spec.home())));
      env.add(Env.of("TOKEN_FILE", DRAIN_DIRECTORY + "/token"));
      env.add(Env.of("DRAIN_SECONDS", Long.toString(spec.drain().toSeconds())));
    }
    return env;
  }

  private static List<VolumeMountArgs> mounts(Pageservers.Spec spec, S3Access access) {
    var mounts = new ArrayList<VolumeMountArgs>();
    mounts.add(Volumes.mount(DATA, "/data"));
    mounts.add(Volumes.mount(SCRATCH, "/tmp"));
    mounts.add(Volumes.readOnly(CONFIG, CONFIG_DIRECTORY));
    mounts.add(Volumes.readOnly(KEYS, KEYS_DIRECTORY));
    if (spec.drains()) {
      mounts.add(Volumes.readOnly(DRAIN, DRAIN_DIRECTORY));
    }
    mounts.addAll(access.mounts());
    return mounts;
  }

  private static List<VolumeArgs> volumes(Pageservers.Spec spec, S3Access access) {
    var volumes = new ArrayList<VolumeArgs>();
    volumes.add(Volumes.scratch(SCRATCH, "1Gi"));
    volumes.add(Volumes.configMap(CONFIG, Pageservers.ROLE.word()));
    volumes.add(Volumes.secret(KEYS, spec.secrets().publicKeys().secret()));
    if (spec.drains()) {
      volumes.add(Volumes.secretFile(DRAIN, spec.secrets().pageserversToDrain(), "token"));
    }
    volumes.addAll(access.volumes());
    return volumes;
  }

  private static List<SecretEntry> secrets(Pageservers.Spec spec, S3Access access) {
    var secrets = new ArrayList<>(access.secrets());
    secrets.add(spec.secrets().publicKeys().asEntry());
    secrets.add(spec.secrets().pageserversToController());
    secrets.add(spec.secrets().pageserversToSafekeepers());
    return secrets;
  }
}
