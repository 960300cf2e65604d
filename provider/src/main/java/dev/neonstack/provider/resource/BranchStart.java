package dev.neonstack.provider.resource;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.LsnAtTime;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a new branch starts. It is settled once, before the branch is asked for: a repeat with
 * another position would be another branch.
 */
final class BranchStart {
  private final Call call;
  private final TenantId project;

  BranchStart(Call call, TenantId project) {
    this.call = call;
    this.project = project;
  }

  /** The parent's position that the inputs mean, checked to be readable. */
  Lsn of(BranchInputs wanted, TimelineInfo parent) {
    if (wanted.parentLsn().isPresent()) {
      return readable(parent, wanted.parentLsn().get(), "parentLsn");
    }
    if (wanted.parentTimestamp().isPresent()) {
      return readable(parent, at(parent, wanted.parentTimestamp().get()).lsn(), "parentTimestamp");
    }
    return parent.lastRecordLsn().aligned();
  }

  /** The parent, which has to exist and not to be archived. */
  TimelineInfo parent(TimelineId id) {
    var found =
        call.patience()
            .settle("reading parent branch " + id, () -> call.storage().timeline(project, id));
    if (found.isPresent() && !found.get().archived()) {
      return found.get();
    }
    var exists =
        found.isPresent()
            || call.patience()
                .settle("listing branches", () -> call.storage().timelines(project))
                .contains(id);
    throw new RefusedException(
        exists
            ? "parent branch "
                + id
                + " is archived; set its archived: false and run pulumi up first"
            : "parent branch "
                + id
                + " does not exist in project "
                + project
                + "; give the branchId of an existing Branch (not its id)");
  }

  /** The position of a moment: one between two commits, or the head when nothing came later. */
  LsnAtTime at(TimelineInfo branch, Instant time) {
    if (time.isAfter(call.clock().instant())) {
      throw new RefusedException(
          "the moment " + time + " is in the future; give one that has passed");
    }
    var answer =
        call.patience()
            .settle(
                "finding the position of " + time,
                () -> call.storage().lsnByTimestamp(project, branch.timelineId(), time));
    return switch (answer.kind()) {
      case PRESENT, FUTURE -> new LsnAtTime(answer.lsn().aligned(), answer.kind());
      case PAST ->
          throw new RefusedException(
              "the moment "
                  + time
                  + " lies before what branch "
                  + branch.timelineId()
                  + " can show; "
                  + range(branch)
                  + elder(branch));
      case NODATA ->
          throw new RefusedException(
              "branch "
                  + branch.timelineId()
                  + " has no commits of its own, so no moment can be found on it; "
                  + range(branch)
                  + elder(branch));
    };
  }

  private static Lsn readable(TimelineInfo branch, Lsn lsn, String input) {
    if (lsn.isBefore(lowest(branch)) || lsn.isAfter(branch.lastRecordLsn().aligned())) {
      throw new RefusedException(
          input
              + " is at "
              + lsn
              + ", which branch "
              + branch.timelineId()
              + " cannot show; "
              + range(branch)
              + (lsn.isBefore(lowest(branch)) ? elder(branch) : ""));
    }
    return lsn;
  }

  private static Lsn lowest(TimelineInfo branch) {
    var start = branch.ancestorLsn().orElse(branch.initdbLsn());
    return branch.minReadableLsn().isAfter(start) ? branch.minReadableLsn() : start;
  }

  private static String range(TimelineInfo branch) {
    return "it is readable from " + lowest(branch) + " to " + branch.lastRecordLsn();
  }

  private static String elder(TimelineInfo branch) {
    return Optional.of(branch)
        .flatMap(TimelineInfo::ancestorTimelineId)
        .map(
            ancestor ->
                "; it left branch "
                    + ancestor
                    + " at "
                    + branch.ancestorLsn().map(Lsn::toString).orElse("an unknown position")
                    + ", so for an older moment name that one as parent")
        .orElse("; older history is kept only with a longer historyRetention of the project");
  }
}
