package dev.neonstack.controlplane.lifetime;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.problem.Problem;

/** Whether a branch is there to be worked with: made, and not about to go. */
public final class Readiness {
  private Readiness() {}

  /** Refuses, for the time being, what is being made or deleted. */
  public static void require(Content content, Branch branch) {
    if (content.project(branch.project()).deleting() || branch.state() == BranchState.DELETING) {
      throw Problem.locked("branch " + branch.label() + " is being deleted");
    }
    if (branch.state() == BranchState.CREATING) {
      throw Problem.locked("branch " + branch.label() + " is still being created; repeat later");
    }
  }
}
