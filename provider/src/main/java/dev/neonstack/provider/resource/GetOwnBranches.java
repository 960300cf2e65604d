package dev.neonstack.provider.resource;

import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import dev.neonstack.neon.controlplane.RegisteredProject;
import dev.neonstack.provider.table.Property;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Fields;
import dev.neonstack.provider.value.Value.Items;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The function getOwnBranches: the branches that a stack has made, in whatever project. */
final class GetOwnBranches implements FunctionHandler {
  private static final PropertyTable TABLE = new PropertyTable(Property.text("owner").need());

  @Override
  public String name() {
    return "getOwnBranches";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> results() {
    return Set.of("branches");
  }

  /** The engine refuses an unknown answer; a preview does without this one. */
  @Override
  public Props unseen() {
    return Props.builder().put("branches", new Items(List.of())).build();
  }

  @Override
  public Props call(Call call, Props arguments) {
    var owner = arguments.requireText("owner");
    var registry = new Registry(call);
    var branches =
        registry.projects().stream()
            .filter(project -> project.owner().map(urn -> urn.startsWith(owner)).orElse(true))
            .map(RegisteredProject::id)
            .map(registry::all)
            .flatMap(all -> all.stream().filter(one -> owns(owner, one)).map(one -> of(one, all)))
            .toList();
    return Props.builder().put("branches", new Items(branches)).build();
  }

  private static boolean owns(String owner, RegisteredBranch branch) {
    return branch.owner().filter(urn -> urn.startsWith(owner)).isPresent();
  }

  private static Value of(RegisteredBranch branch, List<RegisteredBranch> all) {
    return new Fields(
        Props.builder()
            .put("urn", branch.owner())
            .put("parent", branch.parent().flatMap(parent -> urn(parent, all)))
            .put("protected", branch.protectedBranch())
            .build()
            .values());
  }

  private static Optional<String> urn(TimelineId parent, List<RegisteredBranch> all) {
    return all.stream()
        .filter(one -> one.id().equals(parent))
        .findFirst()
        .flatMap(RegisteredBranch::owner);
  }
}
