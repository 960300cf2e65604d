package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.provider.resource.Ids.BranchRef;
import dev.neonstack.provider.value.Props;

/** What the functions have in common. */
final class Functions {

  private Functions() {}

  static BranchRef branch(Props arguments) {
    return new BranchRef(
        TenantId.of(arguments.requireText("project")),
        TimelineId.of(arguments.requireText("branch")));
  }
}
