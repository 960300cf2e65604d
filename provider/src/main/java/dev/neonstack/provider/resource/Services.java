package dev.neonstack.provider.resource;

import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.storage.StorageClient;
import java.util.Optional;

/** The services behind the resources; found, or started, when they are first asked for. */
public interface Services {

  /** Neon's storage. */
  StorageClient storage();

  /** The control plane, when one is configured. */
  Optional<ControlPlaneClient> controlPlane();

  /** Whether asking for them starts nothing. */
  boolean areUp();

  /** The same services, waited for where they are pods that come and go. */
  default Services waiting(Patience patience) {
    return this;
  }

  /** The control plane, which this resource cannot do without. */
  default ControlPlaneClient requireControlPlane(String what) {
    return controlPlane()
        .orElseThrow(
            () ->
                new RefusedException(
                    what
                        + " needs a control plane, and none is configured; set neonstack:controlPlaneUrl"
                        + " and neonstack:controlPlaneToken, or neonstack:target to local"));
  }
}
