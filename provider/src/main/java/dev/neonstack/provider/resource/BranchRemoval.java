package dev.neonstack.provider.resource;

import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineList;
import dev.neonstack.neon.storage.DeleteAnswer;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.neon.storage.StorageException.Kind;
import dev.neonstack.provider.resource.Ids.BranchRef;
import java.util.List;

/**
 * Deletes a branch. Storage is asked only after a fresh listing shows no child: the storage
 * controller destroys the history of a parent even when it then refuses. The control plane hears of
 * it first, so that no child is made meanwhile, as a pageserver would lose the whole project by it.
 */
final class BranchRemoval {
  private final Call call;
  private final Registry registry;

  BranchRemoval(Call call) {
    this.call = call;
    this.registry = new Registry(call);
  }

  /**
   * Waits until a creation has ended, then deletes: deleted before its end, the branch would appear
   * afterwards.
   */
  void settleAndRemove(BranchState branch) {
    registry.announce(branch.project(), branch.registration(false, call.urn()));
    try {
      call.patience()
          .settle(
              "waiting for the creation of branch '" + branch.name() + "' to end",
              () -> call.storage().createTimeline(branch.project(), branch.request()));
    } catch (StorageException e) {
      if (e.kind() == Kind.RETRY
          || e.kind() == Kind.UNKNOWN_OUTCOME
          || e.kind() == Kind.UNAUTHORISED) {
        throw e;
      }
    }
    remove(branch.ref());
  }

  /** Deletes the branch and waits until it is gone, from storage and from the control plane. */
  void remove(BranchRef branch) {
    var list = list(branch);
    refuseWithChildren(branch, list.childrenOf(branch.branch()));
    if (!list.contains(branch.branch())) {
      registry.forget(branch.project(), branch.branch());
      return;
    }
    registry.beginRemoval(branch.project(), branch.branch());
    var gone =
        call.patience()
            .await("waiting until branch " + branch.branch() + " is gone", () -> isGone(branch));
    if (!gone) {
      throw new RefusedException(
          "branch "
              + branch.branch()
              + " is being deleted and not gone yet; run the same command again");
    }
    registry.forget(branch.project(), branch.branch());
  }

  private TimelineList list(BranchRef branch) {
    try {
      return call.patience()
          .settle(
              "listing the branches of project " + branch.project(),
              () -> call.storage().timelines(branch.project()));
    } catch (StorageException e) {
      if (e.kind() == Kind.GONE) {
        return new TimelineList(List.of(), List.of());
      }
      throw e;
    }
  }

  private void refuseWithChildren(BranchRef branch, List<TimelineId> children) {
    if (!children.isEmpty()) {
      throw new RefusedException(
          "branch "
              + registry.named(branch.project(), List.of(branch.branch()))
              + " has children: "
              + registry.named(branch.project(), children)
              + "; delete them first");
    }
  }

  private boolean isGone(BranchRef branch) {
    var answer = call.storage().deleteTimeline(branch.project(), branch.branch());
    return answer == DeleteAnswer.GONE && !list(branch).contains(branch.branch());
  }
}
