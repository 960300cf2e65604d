package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import java.util.Optional;

/**
 * Makes branches known to the control plane that storage has and it has not, such as imported ones,
 * before something is made in them.
 */
final class Branches {
  private final Call call;
  private final ControlPlaneClient controlPlane;

  Branches(Call call, ControlPlaneClient controlPlane) {
    this.call = call;
    this.controlPlane = controlPlane;
  }

  /** Registers the branch under its id, unless it is registered. */
  void register(TenantId project, TimelineId branch) {
    var known =
        call.patience()
            .settle("reading branch " + branch, () -> controlPlane.branch(project, branch));
    if (known.isPresent()) {
      return;
    }
    var stored =
        call.patience()
            .settle("reading branch " + branch, () -> call.storage().timeline(project, branch))
            .orElseThrow(
                () ->
                    new RefusedException(
                        "branch "
                            + branch
                            + " does not exist in project "
                            + project
                            + "; give the branchId of an existing Branch (not its id)"));
    var registration =
        new BranchRegistration(
            branch,
            branch.value(),
            stored.ancestorTimelineId(),
            stored.ancestorLsn(),
            Optional.empty(),
            false,
            Optional.empty(),
            true,
            Optional.empty());
    new Registry(call).register(project, registration);
  }
}
