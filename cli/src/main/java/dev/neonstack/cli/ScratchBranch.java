package dev.neonstack.cli;

import dev.neonstack.neon.TenantConfig;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineCreate.Bootstrap;
import dev.neonstack.neon.TimelineCreate.Branch;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.DeleteAnswer;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.neon.storage.StorageOptions;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes a project of its own with a root and a branch, and removes all of it. A root is only made
 * when the pageserver has put it into the object store and a quorum of safekeepers knows it.
 */
final class ScratchBranch {
  private static final String NAME = "branch";
  private static final int PG_VERSION = 17;
  private static final int TRIES = 60;
  private static final int PAUSE_MILLIS = 1_000;

  private final NeonInCluster neon;
  private final TenantId project = TenantId.random();

  ScratchBranch(NeonInCluster neon) {
    this.neon = neon;
  }

  Check check() {
    var token = neon.secret(ClusterChecks.OPERATOR_SECRET, "pageserver");
    if (token.isEmpty()) {
      return Check.problem(
          NAME, "Secret " + ClusterChecks.OPERATOR_SECRET + " has no entry 'pageserver'");
    }
    var url = neon.url(NeonInCluster.CONTROLLER, "");
    var storage =
        new StorageClient(new StorageOptions(url, Dialect.CONTROLLER, token, Optional.empty()));
    var made = made(storage);
    return removed(storage).map(left -> both(made, left)).orElse(made);
  }

  /** What went wrong first says most, and what stays behind has to be told, too. */
  private static Check both(Check made, Check left) {
    return made.verdict() == Check.Verdict.OK
        ? left
        : Check.problem(NAME, made.finding() + "; " + left.finding());
  }

  private Check made(StorageClient storage) {
    var step = "making a project";
    try {
      storage.createTenant(project, new TenantConfig(Optional.empty()));
      step = "making its root";
      var root = storage.createTimeline(project, new Bootstrap(TimelineId.random(), PG_VERSION));
      step = "branching off it";
      var child = TimelineId.random();
      storage.createTimeline(project, new Branch(child, root.timelineId(), root.lastRecordLsn()));
      step = "deleting the branch";
      return until(() -> storage.deleteTimeline(project, child) == DeleteAnswer.GONE)
          ? Check.ok(NAME, "made and removed, in a project of its own")
          : Check.problem(NAME, "deleting it takes longer than " + TRIES + " s");
    } catch (StorageException e) {
      return Check.problem(NAME, step + " failed: " + e.getMessage());
    }
  }

  /** What is wrong when the project stays behind. */
  private Optional<Check> removed(StorageClient storage) {
    try {
      return until(() -> deleted(storage)) ? Optional.empty() : Optional.of(left("it takes long"));
    } catch (StorageException e) {
      return Optional.of(left(e.getMessage()));
    }
  }

  private Check left(String why) {
    return Check.problem(
        NAME, "project " + project + " of this check could not be deleted: " + why);
  }

  private boolean deleted(StorageClient storage) {
    try {
      storage.deleteTenant(project);
      return true;
    } catch (StorageException e) {
      if (e.kind() == StorageException.Kind.RETRY) {
        return false;
      }
      throw e;
    }
  }

  private static boolean until(BooleanSupplier done) {
    for (var tries = 0; tries < TRIES; tries++) {
      if (done.getAsBoolean()) {
        return true;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }
}
