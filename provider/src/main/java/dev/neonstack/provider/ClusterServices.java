package dev.neonstack.provider;

import dev.neonstack.kube.Cluster;
import dev.neonstack.kube.ClusterException;
import dev.neonstack.kube.ClusterSettings;
import dev.neonstack.kube.PortForward;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.neon.storage.StorageOptions;
import dev.neonstack.provider.LazyServices.Clients;
import dev.neonstack.provider.Settings.InCluster;
import dev.neonstack.provider.resource.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The services of a namespace through port-forwards, which last as long as the provider. */
final class ClusterServices {
  private static final String STORAGE = "storage-controller";
  private static final int STORAGE_PORT = 50051;
  private static final String CONTROL_PLANE = "control-plane";
  private static final int CONTROL_PLANE_PORT = 9899;

  private ClusterServices() {}

  static Clients open(InCluster settings, Optional<ControlPlaneOptions> elsewhere) {
    return told(() -> opened(settings, elsewhere));
  }

  private static Clients opened(InCluster settings, Optional<ControlPlaneOptions> elsewhere) {
    var cluster =
        Cluster.of(new ClusterSettings(settings.kubeconfig(), settings.context()), System.getenv());
    var namespace = settings.namespace();
    var storage = PortForward.toService(cluster, namespace, STORAGE, STORAGE_PORT);
    var forwards =
        elsewhere.isPresent() || settings.controlPlaneToken().isEmpty()
            ? List.of(storage)
            : List.of(
                storage,
                PortForward.toService(cluster, namespace, CONTROL_PLANE, CONTROL_PLANE_PORT));
    var controlPlane =
        forwards.size() == 1
            ? elsewhere
            : Optional.of(
                new ControlPlaneOptions(
                    forwards.get(1).url(), settings.controlPlaneToken(), Optional.empty()));
    var options =
        new StorageOptions(
            storage.url(), settings.dialect(), settings.storageToken(), Optional.empty());
    return new Clients(
        new StorageClient(options),
        controlPlane.map(ControlPlaneClient::new),
        () -> forwards.forEach(ClusterServices::check));
  }

  private static void check(PortForward forward) {
    told(
        () -> {
          forward.check();
          return forward;
        });
  }

  /** What may pass is repeated by those who wait for storage; the rest is the user's to settle. */
  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (ClusterException e) {
      if (e.mayPass()) {
        throw StorageException.away(e);
      }
      throw new RefusedException(e.getMessage(), e);
    }
  }
}
