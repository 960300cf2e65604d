package dev.neonstack.it;

import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Wait;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineCreate;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.storage.DeleteAnswer;
import java.util.Optional;

/** What somebody else does, behind the back of a stack. */
final class Behind {
  private Behind() {}

  static void delete(Platform platform, TenantId tenant, TimelineId branch) {
    platform.controlPlane().forgetBranch(tenant, branch);
    var storage = platform.storage();
    Wait.until(
        "the branch is gone", () -> storage.deleteTimeline(tenant, branch) == DeleteAnswer.GONE);
  }

  static void rename(Platform platform, TenantId tenant, TimelineId branch, String name) {
    var known = platform.controlPlane().branch(tenant, branch).orElseThrow();
    platform
        .controlPlane()
        .registerBranch(
            tenant,
            new BranchRegistration(
                branch,
                name,
                known.parent(),
                known.parentLsn(),
                known.parentTimestamp(),
                known.protectedBranch(),
                known.expiresAt(),
                true,
                known.owner()));
  }

  /** A child that only storage and the control plane know. */
  static TimelineId createChild(
      Platform platform, TenantId tenant, TimelineId parent, String name) {
    var id = TimelineId.random();
    var head = platform.storage().timeline(tenant, parent).orElseThrow().lastRecordLsn();
    var child = new TimelineCreate.Branch(id, parent, head);
    platform.storage().createTimeline(tenant, child);
    platform
        .controlPlane()
        .registerBranch(
            tenant,
            new BranchRegistration(
                id,
                name,
                Optional.of(parent),
                Optional.of(child.startLsn()),
                Optional.empty(),
                false,
                Optional.empty(),
                true,
                Optional.empty()));
    return id;
  }
}
