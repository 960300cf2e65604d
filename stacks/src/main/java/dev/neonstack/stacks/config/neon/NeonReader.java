package dev.neonstack.stacks.config.neon;

import dev.neonstack.components.neon.keys.StorageKeysSpec;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.components.neon.monitoring.MonitoringSpec;
import dev.neonstack.components.neon.namespace.NamespaceSpec;
import dev.neonstack.components.neon.namespace.NetworkSettings;
import dev.neonstack.stacks.config.neon.NeonConfig.ControlPlane;
import dev.neonstack.stacks.config.neon.NeonConfig.Storage;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.Sections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what every cluster declares of Neon the same way. */
public final class NeonReader {
  public static final List<String> KEYS =
      List.of("production", "storage", "controlPlane", "proxy", "monitoring", "keys");

  private static final List<String> MONITORING =
      List.of("prometheus", "prometheusLabels", "dashboards", "dashboardLabels", "runbooks");
  private static final String RUNBOOKS = "docs/runbooks/alerts.md";
  private static final String DNS_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final String NAMESPACE = "neon";

  /** A million branches fit. */
  private static final int CONTROL_PLANE_VOLUME_GIB = 1;

  private final Sections sections;
  private final boolean production;

  public NeonReader(Sections sections) {
    this.sections = sections;
    this.production = sections.flag("production");
  }

  public boolean production() {
    return production;
  }

  /** The name of the namespace, a setting of the section that says how the cluster is reached. */
  public String namespace(Section cluster) {
    var namespace = cluster.text("namespace").orElse(NAMESPACE);
    if (namespace.matches(DNS_LABEL)) {
      return namespace;
    }
    sections
        .problems()
        .wrong(
            cluster.path("namespace"),
            namespace,
            "1 to 63 characters a-z, 0-9 or '-' that start and end with a letter or digit",
            "Rename it.");
    return NAMESPACE;
  }

  /** The storage; its region is a name to file safekeepers under. */
  public Storage storage(PodReader pods, VolumeReader volumes, String region) {
    return new StorageReader(pods, volumes, region)
        .read(sections.section("storage", StorageReader.KEYS));
  }

  /**
   * The control plane, whose volume is of the class of those that hold the log: what it knows is
   * nowhere else.
   */
  private Optional<ControlPlane> controlPlane(PodReader pods, Storage storage) {
    var elsewhere = storage.controller().controlPlaneUrl().isPresent();
    if (elsewhere && sections.has("controlPlane")) {
      sections
          .problems()
          .add(
              "controlPlane is given, and storage.controller.controlPlaneUrl says that another one is called; expected one of the two. Remove one.");
    }
    return elsewhere
        ? Optional.empty()
        : Optional.of(
            new ControlPlane(
                pods.controlPlane(sections.section("controlPlane", PodReader.NEEDS)),
                new VolumeNeeds(
                    storage.safekeepers().volume().storageClass(), CONTROL_PLANE_VOLUME_GIB)));
  }

  /**
   * All of it.
   *
   * @param network what is where around the namespace, which depends on the storage
   */
  public NeonConfig neon(
      PodReader pods,
      String domainLabel,
      Storage storage,
      Function<Storage, NetworkSettings> network,
      Optional<NeonConfig.Proxy> proxy) {
    var around = network.apply(storage);
    var controlPlane = controlPlane(pods, storage);
    return new NeonConfig(
        new NamespaceSpec(pods.namespace(), around, production),
        domainLabel,
        storage,
        controlPlane,
        proxy,
        monitoring(storage, around.prometheus(), proxy.isPresent(), controlPlane.isPresent()),
        keys());
  }

  private MonitoringSpec monitoring(
      Storage storage, Optional<String> prometheusNamespace, boolean proxy, boolean controlPlane) {
    var section = sections.section("monitoring", MONITORING);
    var prometheus = section.flag("prometheus", false);
    if (prometheus && prometheusNamespace.isEmpty()) {
      sections
          .problems()
          .missing(
              "network.prometheus",
              "the namespace of the Prometheus that reads the metrics, as monitoring.prometheus is true",
              "Add it, such as neonstack:network: {prometheus: monitoring}: nothing outside may talk to pods unless it is named, and every alert would fire.");
    }
    return new MonitoringSpec(
        prometheus,
        section.texts("prometheusLabels"),
        section.flag("dashboards", false),
        labels(section),
        section.text("runbooks").orElse(RUNBOOKS),
        storage.safekeepers().replicas(),
        storage.pageservers().replicas(),
        proxy,
        controlPlane);
  }

  private static Map<String, String> labels(Section section) {
    return section.has("dashboardLabels")
        ? section.texts("dashboardLabels")
        : Map.of("grafana_dashboard", "1");
  }

  private StorageKeysSpec keys() {
    var first = StorageKeysSpec.of("first");
    if (!sections.has("keys")) {
      return first;
    }
    var section = sections.section("keys", List.of("accepted", "signing"));
    var accepted = section.textList("accepted");
    var signing = section.required("signing", "the name of one of the accepted keys", "");
    try {
      return new StorageKeysSpec(accepted, signing);
    } catch (IllegalArgumentException e) {
      sections.problems().add("keys: " + e.getMessage() + ".");
      return first;
    }
  }
}
