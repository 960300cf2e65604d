package dev.neonstack.provider.resource;

import dev.neonstack.provider.table.Formats;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.util.Locale;
import java.util.Set;

/** The function lsnAt: the position a branch had at a moment. */
final class LsnAt implements FunctionHandler {
  private static final PropertyTable TABLE =
      new PropertyTable(
          Inputs.project(), Inputs.branchId("branch").need(), Inputs.instant("timestamp").need());

  @Override
  public String name() {
    return "lsnAt";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> results() {
    return Set.of("lsn", "kind");
  }

  @Override
  public Props call(Call call, Props arguments) {
    var ref = Functions.branch(arguments);
    var time = arguments.text("timestamp").flatMap(Formats::instant).orElseThrow();
    var start = new BranchStart(call, ref.project());
    var answer = start.at(start.parent(ref.branch()), time);
    return Props.builder()
        .put("lsn", answer.lsn().toString())
        .put("kind", answer.kind().name().toLowerCase(Locale.ROOT))
        .build();
  }
}
