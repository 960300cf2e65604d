package dev.neonstack.provider.resource;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Fields;
import dev.neonstack.provider.value.Value.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The function getBranches: the branches of a project, archived ones included. */
final class GetBranches implements FunctionHandler {
  private static final PropertyTable TABLE = new PropertyTable(Inputs.project());

  /** What storage says of one branch. */
  private record Stored(
      TimelineId id, Optional<TimelineId> parent, Optional<Lsn> lsn, boolean archived) {}

  @Override
  public String name() {
    return "getBranches";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> results() {
    return Set.of("branches");
  }

  @Override
  public Props call(Call call, Props arguments) {
    var project = TenantId.of(arguments.requireText("project"));
    var known =
        new Registry(call)
            .all(project).stream()
                .collect(Collectors.toMap(RegisteredBranch::id, Function.identity()));
    var branches =
        parentsFirst(stored(call, project)).stream()
            .<Value>map(branch -> summary(branch, Optional.ofNullable(known.get(branch.id()))))
            .toList();
    return Props.builder().put("branches", new Items(branches)).build();
  }

  private static List<Stored> stored(Call call, TenantId project) {
    var list = call.patience().settle("listing branches", () -> call.storage().timelines(project));
    return Stream.concat(
            list.timelines().stream()
                .map(
                    info ->
                        new Stored(
                            info.timelineId(),
                            info.ancestorTimelineId(),
                            info.ancestorLsn(),
                            info.archived())),
            list.offloaded().stream()
                .map(
                    branch ->
                        new Stored(
                            branch.timelineId(),
                            branch.ancestorTimelineId(),
                            branch.ancestorRetainLsn(),
                            true)))
        .toList();
  }

  private static List<Stored> parentsFirst(List<Stored> branches) {
    Map<Optional<TimelineId>, List<Stored>> children =
        branches.stream().collect(Collectors.groupingBy(Stored::parent));
    var ordered =
        new ArrayList<Stored>(children.getOrDefault(Optional.<TimelineId>empty(), List.of()));
    for (var next = 0; next < ordered.size(); next++) {
      ordered.addAll(children.getOrDefault(Optional.of(ordered.get(next).id()), List.of()));
    }
    branches.stream().filter(branch -> !ordered.contains(branch)).forEach(ordered::add);
    return ordered;
  }

  private static Fields summary(Stored branch, Optional<RegisteredBranch> known) {
    return new Fields(
        Props.builder()
            .put("branchId", branch.id().value())
            .put("name", known.map(RegisteredBranch::name))
            .put("parent", branch.parent().map(TimelineId::value))
            .put("parentLsn", branch.lsn().map(Lsn::toString))
            .put("archived", branch.archived())
            .put("protected", known.map(RegisteredBranch::protectedBranch).orElse(false))
            .build()
            .values());
  }
}
