package dev.neonstack.operator.model;

import dev.neonstack.controlplane.spec.SpecDocument;
import dev.neonstack.operator.api.NeonCompute;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pod of a compute. It is bare, since compute_ctl is made to be replaced and not restarted, and
 * nobody owns it: its fixed name is what keeps a second one away, and the operator alone ends it.
 */
public final class ComputePod {
  /** The container that counts. */
  public static final String CONTAINER = "compute";

  /** Where compute_ctl listens for the control plane. */
  public static final int HTTP_PORT = 3080;

  /** Its key in the Secret of a start. */
  public static final String TOKEN = "token";

  /**
   * A user of its own, so that what breaks out of a compute is nobody else on the node. Images know
   * no such user, and libpq connects as nobody whom it cannot name: {@link Volumes} names it.
   */
  static final long USER = 10_001;

  private static final long GRACE_SECONDS = 60;

  private final NeonCompute compute;
  private final PodSettings settings;
  private final Start start;

  private ComputePod(NeonCompute compute, PodSettings settings, Start start) {
    this.compute = compute;
    this.settings = settings;
    this.start = start;
  }

  /** The pod of a start. */
  public static Pod of(NeonCompute compute, PodSettings settings, Start start) {
    return new ComputePod(compute, settings, start).pod();
  }

  /** The Secret with the token of a start. */
  public static String tokenSecret(NeonCompute compute) {
    return compute.getMetadata().getName() + "-start";
  }

  /** The image a compute starts with; null when there is none for that version. */
  public static String image(NeonCompute compute, PodSettings settings, int pgVersion) {
    var own = compute.getSpec().image();
    return own == null ? settings.images().get(pgVersion) : own;
  }

  private Pod pod() {
    var id = start.computeId(compute);
    var labels = new TreeMap<>(Labels.of(compute));
    labels.put(Labels.TIMELINE, compute.getSpec().timelineId());
    labels.put(Labels.COMPUTE_ID, id);
    labels.put(Labels.OPERATION, start.operation().toString());
    labels.put(Labels.PG_VERSION, Integer.toString(start.pgVersion()));
    var annotations = new TreeMap<>(Volumes.annotations());
    annotations.put(Labels.TEMPLATE, Template.of(compute, settings, start.pgVersion()));
    return new PodBuilder()
        .withNewMetadata()
        .withName(compute.getMetadata().getName())
        .withNamespace(compute.getMetadata().getNamespace())
        .withLabels(labels)
        .withAnnotations(annotations)
        .endMetadata()
        .withSpec(spec(id))
        .build();
  }

  PodSpec spec(String computeId) {
    var scheduling = settings.scheduling();
    var spec =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withSecurityContext(security())
            .withContainers(main(computeId))
            .withInitContainers(sidecars())
            .withVolumes(Volumes.of(compute, settings));
    if (!scheduling.nodeSelector().isEmpty()) {
      spec.withNodeSelector(scheduling.nodeSelector());
    }
    spec.withTolerations(scheduling.tolerations());
    spec.withImagePullSecrets(
        scheduling.pullSecrets().stream().map(LocalObjectReference::new).toList());
    scheduling.priorityClass().ifPresent(spec::withPriorityClassName);
    return spec.build();
  }

  static ComputePod template(NeonCompute compute, PodSettings settings, int pgVersion) {
    return new ComputePod(compute, settings, new Start(Template.NO_OPERATION, pgVersion));
  }

  private static PodSecurityContext security() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  private Container main(String computeId) {
    return Sidecars.container(CONTAINER, image(compute, settings, start.pgVersion()))
        .withArgs(
            "--pgdata",
            Volumes.DATA + "/compute",
            "--connstr",
            "postgresql://cloud_admin@127.0.0.1:" + SpecDocument.POSTGRES_PORT + "/postgres",
            "--pgbin",
            "/usr/local/bin/postgres",
            "--compute-id",
            computeId,
            "--control-plane-uri",
            settings.controlPlane().toString())
        .withEnv(environment())
        .addNewPort()
        .withName("postgres")
        .withContainerPort(SpecDocument.POSTGRES_PORT)
        .endPort()
        .addNewPort()
        .withName("http")
        .withContainerPort(HTTP_PORT)
        .endPort()
        .withNewReadinessProbe()
        .withNewTcpSocket()
        .withNewPort(SpecDocument.POSTGRES_PORT)
        .endTcpSocket()
        .withPeriodSeconds(2)
        .endReadinessProbe()
        .withResources(resources())
        .withVolumeMounts(Volumes.mounts(settings))
        .build();
  }

  private List<EnvVar> environment() {
    var environment = new ArrayList<EnvVar>();
    environment.add(
        new EnvVarBuilder()
            .withName("NEON_CONTROL_PLANE_TOKEN")
            .withNewValueFrom()
            .withNewSecretKeyRef(TOKEN, tokenSecret(compute), false)
            .endValueFrom()
            .build());
    environment.add(variable("OTEL_SDK_DISABLED", "true"));
    settings
        .pooler()
        .ifPresent(image -> environment.add(Sidecars.poolerPassword(tokenSecret(compute))));
    return environment;
  }

  static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  /** Requests are limits: a compute gets what it was promised, and its memory is nobody else's. */
  private ResourceRequirements resources() {
    var amounts =
        Map.of(
            "cpu", compute.getSpec().resources().cpu(),
            "memory", compute.getSpec().resources().memory());
    return new ResourceRequirementsBuilder().withRequests(amounts).withLimits(amounts).build();
  }

  private List<Container> sidecars() {
    var sidecars = new ArrayList<Container>();
    settings
        .pooler()
        .ifPresent(image -> sidecars.add(Sidecars.pooler(image, tokenSecret(compute))));
    settings.exporter().ifPresent(image -> sidecars.add(Sidecars.exporter(image)));
    return sidecars;
  }
}
