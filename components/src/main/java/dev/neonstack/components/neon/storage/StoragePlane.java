package dev.neonstack.components.neon.storage;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.keys.StorageSecrets;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.ImageRef;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole of Neon's storage. Updates go through it in the order Neon wants: storage controller,
 * broker, pageservers, safekeepers; each has to be up before the next begins, so that a bad image
 * stops at the first.
 */
public final class StoragePlane extends ComponentResource {
  private final Resource last;

  /**
   * A storage to have.
   *
   * @param region that the storage controller files safekeepers under
   * @param domainLabel label of nodes that tells failure domains apart
   */
  public record Spec(
      Home home,
      StorageSecrets secrets,
      ObjectStore objectStore,
      String region,
      String domainLabel,
      PodSettings broker,
      Controller controller,
      PageserverSet pageservers,
      SafekeeperSet safekeepers) {}

  /**
   * The storage controller.
   *
   * @param controlPlaneUrl base of the hooks it calls; absent: the namespace's own
   */
  public record Controller(
      PodSettings pods,
      Database database,
      Optional<String> controlPlaneUrl,
      ControllerTuning tuning) {
    /** Base of the hooks it calls, and of the calls of the proxy. */
    public String controlPlane(Home home) {
      return controlPlaneUrl.orElseGet(() -> Addresses.controlPlane(home));
    }

    /** The same of another image. */
    public Controller withImage(Output<String> image) {
      return new Controller(pods.with(image), database, controlPlaneUrl, tuning);
    }
  }

  /**
   * Where the storage controller keeps its state: exactly one of both.
   *
   * @param outside a Postgres somebody else looks after
   * @param inside a Postgres of our own
   */
  public record Database(Optional<DatabaseAccess> outside, Optional<DatabaseInside> inside) {
    public Database {
      if (outside.isPresent() == inside.isPresent()) {
        throw new IllegalArgumentException("expected exactly one of outside and inside");
      }
    }
  }

  /** A Postgres of our own. */
  public record DatabaseInside(
      PodSettings pods, Optional<ImageRef> image, int instances, VolumeNeeds volume) {}

  /** The pageservers. */
  public record PageserverSet(
      PodSettings pods, int replicas, VolumeNeeds volume, PageserverTuning tuning, Duration drain) {
    /** The same of another image. */
    public PageserverSet withImage(Output<String> image) {
      return new PageserverSet(pods.with(image), replicas, volume, tuning, drain);
    }
  }

  /** The safekeepers. */
  public record SafekeeperSet(PodSettings pods, int replicas, VolumeNeeds volume) {
    /** The same of another image. */
    public SafekeeperSet withImage(Output<String> image) {
      return new SafekeeperSet(pods.with(image), replicas, volume);
    }
  }

  /** Declares the storage. */
  public StoragePlane(
      String name, Spec spec, List<Resource> after, ComponentResourceOptions options) {
    super("neonstack:neon:StoragePlane", name, options);
    var controller = controller(name, spec, after);
    var broker =
        new StorageBroker(
            name + "-broker", spec.home(), spec.broker(), List.of(controller.workload()), child());
    var pageservers =
        new Pageservers(
            name + "-pageserver", pageservers(spec), List.of(broker.workload()), child());
    var safekeepers =
        new Safekeepers(
            name + "-safekeeper", safekeepers(spec), List.of(pageservers.workload()), child());
    var registrar =
        new SafekeeperRegistrar(
            name + "-registrar",
            new SafekeeperRegistrar.Spec(
                spec.home(),
                spec.controller().pods(),
                spec.secrets(),
                spec.safekeepers().replicas(),
                spec.region()),
            List.of(safekeepers.workload()),
            child());
    this.last = registrar.workload();
    registerOutputs(Map.of());
  }

  /** What is up once projects and branches can be made. */
  public Resource ready() {
    return last;
  }

  private StorageController controller(String name, Spec spec, List<Resource> after) {
    var declared = spec.controller();
    var access = declared.database().outside();
    var before = new ArrayList<>(after);
    if (declared.database().inside().isPresent()) {
      var database =
          new ControllerDatabase(
              name + "-controller-db",
              database(spec, declared.database().inside().get()),
              after,
              child());
      access = Optional.of(database.access());
      before.add(database.workload());
    }
    return new StorageController(
        name + "-controller",
        new StorageController.Spec(
            spec.home(),
            declared.pods(),
            spec.secrets(),
            access.orElseThrow(),
            declared.controlPlane(spec.home()),
            declared.tuning()),
        before,
        child());
  }

  private static ControllerDatabase.Spec database(Spec spec, DatabaseInside inside) {
    return new ControllerDatabase.Spec(
        spec.home(),
        inside.pods(),
        inside.image(),
        inside.instances(),
        inside.volume(),
        spec.domainLabel());
  }

  private static Pageservers.Spec pageservers(Spec spec) {
    var declared = spec.pageservers();
    return new Pageservers.Spec(
        spec.home(),
        declared.pods(),
        spec.secrets(),
        spec.objectStore(),
        declared.volume(),
        declared.replicas(),
        spec.domainLabel(),
        declared.tuning(),
        declared.drain());
  }

  private static Safekeepers.Spec safekeepers(Spec spec) {
    var declared = spec.safekeepers();
    return new Safekeepers.Spec(
        spec.home(),
        declared.pods(),
        spec.secrets(),
        spec.objectStore(),
        declared.volume(),
        declared.replicas(),
        spec.domainLabel());
  }

  private ComponentResourceOptions child() {
    return ComponentResourceOptions.builder().parent(this).build();
  }
}
