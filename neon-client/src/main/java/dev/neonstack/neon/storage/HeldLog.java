package dev.neonstack.neon.storage;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;

/** The log of one branch, as a safekeeper holds it. */
public record HeldLog(TenantId project, TimelineId branch) {
  @Override
  public String toString() {
    return "branch " + branch + " of project " + project;
  }
}
