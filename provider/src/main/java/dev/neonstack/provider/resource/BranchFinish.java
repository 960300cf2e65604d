package dev.neonstack.provider.resource;

import dev.neonstack.neon.TimelineInfo;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.neon.storage.StorageException;
import java.util.Optional;

/** Brings a branch whose id and position are settled to its end: registered, made, registered. */
final class BranchFinish {
  private final Call call;
  private final Registry registry;
  private boolean uncertain;
  private boolean repeating;

  BranchFinish(Call call) {
    this.call = call;
    this.registry = new Registry(call);
  }

  /** How far the making of a branch has come. */
  enum Stage {
    /** Nobody has heard of it. */
    FRESH,
    /** Storage may have been asked for it. */
    BEGUN,
    /** Storage has made it and the control plane knows. */
    READY
  }

  /** Storage has something else under the id of the branch. */
  static final class DifferentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DifferentException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Makes the branch and gives it the state that is wanted.
   *
   * @param stage how far an earlier run may have come
   */
  BranchState finish(BranchState branch, BranchInputs wanted, Stage stage) {
    uncertain = stage != Stage.FRESH;
    if (stage != Stage.READY) {
      registry.register(branch.project(), branch.registration(false, call.urn()));
    }
    var made = branch.made(create(branch).pgVersion());
    try {
      registry.register(branch.project(), made.registration(true, call.urn()));
    } catch (ControlPlaneException | RefusedException e) {
      throw unfinished(branch, e);
    }
    return archive(made, wanted);
  }

  private BranchState archive(BranchState made, BranchInputs wanted) {
    if (!wanted.archived()) {
      return made;
    }
    try {
      call.patience()
          .settle(
              "archiving branch '" + made.name() + "'",
              () -> call.storage().archive(made.project(), made.branchId(), true));
      return made.archived(true);
    } catch (StorageException | RefusedException e) {
      throw unfinished(made, e);
    }
  }

  private TimelineInfo create(BranchState branch) {
    var request = branch.request();
    try {
      return call.patience()
          .settle(
              "creating branch '" + branch.name() + "'",
              () -> noting(branch, () -> call.storage().createTimeline(branch.project(), request)));
    } catch (StorageException e) {
      return failed(branch, e);
    } catch (ControlPlaneException | RefusedException e) {
      throw uncertain ? unfinished(branch, e) : e;
    }
  }

  private interface Creation {
    TimelineInfo run();
  }

  /**
   * Remembers whether a call was on its way that may have done it, whatever comes later. Every
   * repeat is announced, as the control plane takes an announcement for dead after some time.
   */
  private TimelineInfo noting(BranchState branch, Creation creation) {
    if (repeating) {
      registry.register(branch.project(), branch.registration(false, call.urn()));
    }
    repeating = true;
    try {
      return creation.run();
    } catch (StorageException e) {
      uncertain |= Patience.maySettle(e) && !neverArrived(e);
      throw e;
    }
  }

  private static boolean neverArrived(StorageException failure) {
    return failure.kind() == StorageException.Kind.RETRY && failure.status().isEmpty();
  }

  private TimelineInfo failed(BranchState branch, StorageException failure) {
    return switch (failure.kind()) {
      case WRONG_ANSWER -> throw undone(branch, failure);
      case RETRY, UNKNOWN_OUTCOME ->
          throw uncertain ? unfinished(branch, failure) : never(branch, failure);
      case CONFLICT, REFUSED, FAILED -> existing(branch, failure);
      case GONE, UNAUTHORISED ->
          throw uncertain ? unfinished(branch, failure) : never(branch, failure);
    };
  }

  /** A refusal of a repeated call does not tell whether the first one was heard: look. */
  private TimelineInfo existing(BranchState branch, StorageException failure) {
    Optional<TimelineInfo> found;
    try {
      found = call.storage().timeline(branch.project(), branch.branchId());
    } catch (StorageException e) {
      throw unfinished(branch, failure);
    }
    if (found.isEmpty()) {
      throw failure.kind() == StorageException.Kind.CONFLICT
          ? different(branch, "it exists otherwise than asked for, or is archived", failure)
          : never(branch, failure);
    }
    var difference = branch.request().differenceTo(found.get());
    if (difference.isPresent()) {
      throw different(branch, difference.get(), failure);
    }
    if (failure.kind() == StorageException.Kind.FAILED) {
      throw unfinished(branch, failure); // visible is not yet durable
    }
    return found.get();
  }

  private static DifferentException different(
      BranchState branch, String difference, StorageException failure) {
    return new DifferentException(
        "branch "
            + branch.branchId()
            + " in storage is another one than '"
            + branch.name()
            + "' ("
            + difference
            + "); delete it by hand, or import it as it is",
        failure);
  }

  private RuntimeException never(BranchState branch, StorageException failure) {
    registry.forget(branch.project(), branch.branchId());
    return failure;
  }

  /** Storage made something that nobody asked for; under the id of this branch, so it goes. */
  private RuntimeException undone(BranchState branch, StorageException failure) {
    try {
      new BranchRemoval(call).remove(branch.ref());
    } catch (StorageException | ControlPlaneException | RefusedException e) {
      return unfinished(branch, e);
    }
    return new RefusedException(
        failure.getMessage() + "; it was deleted again. Run pulumi up again", failure);
  }

  private UnfinishedException unfinished(BranchState branch, Exception cause) {
    return new UnfinishedException(
        branch.ref().toString(),
        branch,
        "branch '"
            + branch.name()
            + "' is not complete: "
            + cause.getMessage()
            + ". Run pulumi up again to finish it",
        cause);
  }
}
