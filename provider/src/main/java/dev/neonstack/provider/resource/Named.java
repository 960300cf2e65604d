package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.provider.resource.Ids.BranchRef;
import dev.neonstack.provider.resource.Ids.NamedRef;
import dev.neonstack.provider.value.Props;

/** What roles and databases have in common: a project, a branch and a name. */
final class Named {

  private Named() {}

  static NamedRef ref(Props props) {
    var branch =
        new BranchRef(
            TenantId.of(props.requireText("project")), TimelineId.of(props.requireText("branch")));
    return new NamedRef(branch, props.requireText("name"));
  }

  static Props.Builder props(NamedRef ref) {
    return Props.builder()
        .put("project", ref.branch().project().value())
        .put("branch", ref.branch().branch().value())
        .put("name", ref.name());
  }
}
