package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.List;

/** A runtime that runs nothing, for a place where no Postgres can be started. */
public final class NoComputes implements ComputeRuntime {

  @Override
  public Capabilities capabilities() {
    return new Capabilities(false, false, false);
  }

  @Override
  public void start(ComputeSpec spec) {
    throw none(spec);
  }

  @Override
  public Inventory change(TenantId project, TimelineId branch, List<AccountChange> changes) {
    throw Problem.refused(
        "the roles and databases of branch %s cannot be reached, as this control plane runs no computes"
            .formatted(branch));
  }

  @Override
  public void stopLeftOver(TenantId project, TimelineId branch) {}

  /** For endpoints of a catalog that another control plane wrote. */
  private static Problem none(ComputeSpec spec) {
    return Problem.refused(
        "endpoint %s is not started, as this control plane runs no computes"
            .formatted(spec.endpointId()));
  }

  @Override
  public void stop(String endpointId) {}

  @Override
  public boolean isRunning(String endpointId) {
    return false;
  }
}
