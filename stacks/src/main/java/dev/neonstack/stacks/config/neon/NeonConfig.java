package dev.neonstack.stacks.config.neon;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import dev.neonstack.components.neon.keys.StorageKeysSpec;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.components.neon.monitoring.MonitoringSpec;
import dev.neonstack.components.neon.namespace.NamespaceSpec;
import dev.neonstack.components.neon.namespace.NetworkSettings;
import dev.neonstack.components.neon.proxy.Exposure;
import dev.neonstack.components.neon.storage.StoragePlane;
import java.util.Optional;
import java.util.function.Function;

/**
 * Neon in a namespace, which every cluster declares the same way.
 *
 * @param namespace what Neon gets to itself
 * @param domainLabel label of nodes that tells failure domains apart
 * @param controlPlane absent: there is another one
 * @param proxy absent: nobody comes in from outside
 */
public record NeonConfig(
    NamespaceSpec namespace,
    String domainLabel,
    Storage storage,
    Optional<ControlPlane> controlPlane,
    Optional<Proxy> proxy,
    MonitoringSpec monitoring,
    StorageKeysSpec keys) {
  public NeonConfig {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(domainLabel, "domainLabel is null");
    requireNonNull(storage, "storage is null");
    requireNonNull(controlPlane, "controlPlane is null");
    requireNonNull(proxy, "proxy is null");
    requireNonNull(monitoring, "monitoring is null");
    requireNonNull(keys, "keys is null");
  }

  /** What is where around the namespace. */
  public NetworkSettings network() {
    return namespace.network();
  }

  /**
   * The storage.
   *
   * @param region that the storage controller files safekeepers under
   */
  public record Storage(
      String region,
      PodSettings broker,
      StoragePlane.Controller controller,
      StoragePlane.PageserverSet pageservers,
      StoragePlane.SafekeeperSet safekeepers) {}

  /**
   * The control plane.
   *
   * @param volume keeps what it knows
   */
  public record ControlPlane(PodSettings pods, VolumeNeeds volume) {}

  /** The proxy. */
  public record Proxy(
      PodSettings pods,
      PodSettings valkeyPods,
      int replicas,
      Exposure exposure,
      String tlsSecret) {}

  /** The same with an image for each of the servers. */
  public NeonConfig withImages(Function<Role, Output<String>> images) {
    return new NeonConfig(
        namespace,
        domainLabel,
        new Storage(
            storage.region(),
            storage.broker().with(images.apply(Role.STORAGE_BROKER)),
            storage.controller().withImage(images.apply(Role.STORAGE_CONTROLLER)),
            storage.pageservers().withImage(images.apply(Role.PAGESERVER)),
            storage.safekeepers().withImage(images.apply(Role.SAFEKEEPER))),
        controlPlane.map(
            declared ->
                new ControlPlane(
                    declared.pods().with(images.apply(Role.CONTROL_PLANE)), declared.volume())),
        proxy.map(
            declared ->
                new Proxy(
                    declared.pods().with(images.apply(Role.PROXY)),
                    declared.valkeyPods(),
                    declared.replicas(),
                    declared.exposure(),
                    declared.tlsSecret())),
        monitoring,
        keys);
  }
}
