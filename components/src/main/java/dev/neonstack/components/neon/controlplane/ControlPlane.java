package dev.neonstack.components.neon.controlplane;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.keys.ControlPlaneKeys;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.Pods;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.Services;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.components.neon.kube.Workloads;
import java.util.List;
import java.util.Map;

/**
 * The control plane's server. It answers the storage controller's hooks, without which no project
 * gets a second pageserver, and keeps names, lifetimes, roles and databases of branches. One
 * listener is for clients, one for the other servers; nobody outside the cluster reaches either.
 */
public final class ControlPlane extends ComponentResource {
  static final Role ROLE = Role.CONTROL_PLANE;

  /** The port of pods and Service that clients call. */
  static final String API = "api";

  /** The port of pods and Service that storage controller, proxy and Prometheus call. */
  public static final String INTERNAL = "internal";

  private final Deployment deployment;

  /**
   * A control plane to have.
   *
   * @param volume keeps what the server knows
   * @param safekeepers how many there are, which it looks after
   */
  public record Spec(
      Home home,
      PodSettings pods,
      ControlPlaneKeys.Files keys,
      VolumeNeeds volume,
      int safekeepers) {}

  /**
   * Declares the control plane.
   *
   * @param after what has to be up before it, which is storage: until that answers it is not ready
   */
  public ControlPlane(
      String name, Spec spec, List<Resource> after, ComponentResourceOptions options) {
    super("neonstack:neon:ControlPlane", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var namespace = spec.home().namespace();
    var account = new ServiceAccount(name, Pods.account(namespace, ROLE), child);
    new Service(
        name,
        Services.of(
            namespace,
            ROLE,
            List.of(
                Services.port(API, Ports.CONTROL_PLANE_API),
                Services.port(INTERNAL, Ports.CONTROL_PLANE))),
        child);
    var catalog = new PersistentVolumeClaim(name, claim(namespace, spec.volume()), child);
    this.deployment =
        new Deployment(
            name,
            ControlPlanePods.deployment(spec),
            Workloads.after(this, after, account, catalog));
    registerOutputs(Map.of());
  }

  /** What is up once branches can be registered. */
  public Resource workload() {
    return deployment;
  }

  /** Of many storage classes no volume is made before a pod wants it, so that none is awaited. */
  private static PersistentVolumeClaimArgs claim(Output<String> namespace, VolumeNeeds volume) {
    return PersistentVolumeClaimArgs.builder()
        .metadata(
            Metadata.of(namespace, ROLE.word(), ROLE).annotations(Services.NOT_AWAITED).build())
        .spec(volume.spec())
        .build();
  }
}
