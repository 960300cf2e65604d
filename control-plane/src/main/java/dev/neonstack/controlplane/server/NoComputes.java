package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.problem.Problem;

/** A runtime that runs nothing, for a place where no Postgres can be started. */
final class NoComputes implements ComputeRuntime {

  @Override
  public Capabilities capabilities() {
    return new Capabilities(false, false, false);
  }

  @Override
  public void start(ComputeSpec spec) {
    throw none(spec);
  }

  @Override
  public void apply(ComputeSpec spec) {
    throw none(spec);
  }

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
