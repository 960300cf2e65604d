package dev.neonstack.provider.resource;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.OffloadedTimeline;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import dev.neonstack.provider.resource.Ids.BranchRef;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** The function getBranch: what a branch is like at this moment. */
final class GetBranch implements FunctionHandler {
  private static final PropertyTable TABLE =
      new PropertyTable(Inputs.project(), Inputs.branchId("branch").need());

  @Override
  public String name() {
    return "getBranch";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> results() {
    return Set.of(
        "branchId",
        "name",
        "parent",
        "parentLsn",
        "lsn",
        "minReadableLsn",
        "logicalSize",
        "state",
        "archived");
  }

  @Override
  public Props call(Call call, Props arguments) {
    var ref = Functions.branch(arguments);
    var name = new Registry(call).branch(ref.project(), ref.branch()).map(RegisteredBranch::name);
    return call
        .patience()
        .settle(
            "reading branch " + ref.branch(),
            () -> call.storage().timeline(ref.project(), ref.branch()))
        .map(GetBranch::of)
        .orElseGet(() -> offloaded(call, ref))
        .toBuilder()
        .put("name", name)
        .build();
  }

  private static Props of(TimelineInfo info) {
    return Props.builder()
        .put("branchId", info.timelineId().value())
        .put("parent", info.ancestorTimelineId().map(TimelineId::value))
        .put("parentLsn", info.ancestorLsn().map(Lsn::toString))
        .put("lsn", info.lastRecordLsn().toString())
        .put("minReadableLsn", info.minReadableLsn().toString())
        .put("logicalSize", number(info.currentLogicalSize()))
        .put("state", info.archived() ? "Archived" : info.state())
        .put("archived", info.archived())
        .build();
  }

  private static OptionalDouble number(OptionalLong number) {
    return number.isPresent()
        ? OptionalDouble.of((double) number.getAsLong())
        : OptionalDouble.empty();
  }

  private static Props offloaded(Call call, BranchRef ref) {
    return call
        .patience()
        .settle("listing branches", () -> call.storage().timelines(ref.project()))
        .offloaded()
        .stream()
        .filter(branch -> branch.timelineId().equals(ref.branch()))
        .findFirst()
        .map(GetBranch::of)
        .orElseThrow(
            () ->
                new RefusedException(
                    "branch " + ref.branch() + " does not exist in project " + ref.project()));
  }

  private static Props of(OffloadedTimeline branch) {
    return Props.builder()
        .put("branchId", branch.timelineId().value())
        .put("parent", branch.ancestorTimelineId().map(TimelineId::value))
        .put("parentLsn", branch.ancestorRetainLsn().map(Lsn::toString))
        .put("state", "Archived")
        .put("archived", true)
        .build();
  }
}
