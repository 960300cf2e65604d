package dev.neonstack.operator.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A Postgres server over one timeline of Neon's storage. {@code neoncomputes.neon.io.yaml} defines
 * the kind: what is allowed, and what holds where nothing is said.
 */
@Group("neon.io")
@Version("v1")
@ShortNames("nc")
public final class NeonCompute extends CustomResource<NeonComputeSpec, NeonComputeStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected NeonComputeSpec initSpec() {
    return null;
  }

  @Override
  protected NeonComputeStatus initStatus() {
    return null;
  }
}
