package dev.neonstack.provider.resource;

import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.storage.StorageClient;
import java.time.Clock;
import java.util.Optional;

/**
 * One operation of the engine on one resource.
 *
 * @param urn the resource's name in the engine
 * @param services what it is made with
 * @param live what the engine knows already
 * @param patience how long it may take, and whether it goes on
 * @param progress where to tell what goes on
 * @param clock what time it is
 */
public record Call(
    String urn,
    Services services,
    LiveIds live,
    Patience patience,
    Progress progress,
    Clock clock) {

  /** Neon's storage. */
  public StorageClient storage() {
    return services.storage();
  }

  /** The control plane, when one is configured. */
  public Optional<ControlPlaneClient> controlPlane() {
    return services.controlPlane();
  }
}
