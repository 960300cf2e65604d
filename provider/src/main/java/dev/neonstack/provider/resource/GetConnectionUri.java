package dev.neonstack.provider.resource;

import dev.neonstack.provider.table.Property;
import dev.neonstack.provider.table.Property.ValueType;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.util.Set;

/** The function getConnectionUri: where a Postgres client connects to, with the password. */
final class GetConnectionUri implements FunctionHandler {
  private static final PropertyTable TABLE =
      new PropertyTable(
          Inputs.project(),
          Inputs.branchId("branch").need(),
          Property.text("database").need(),
          Property.text("role").need(),
          Property.of("pooled", ValueType.BOOL));

  @Override
  public String name() {
    return "getConnectionUri";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> results() {
    return Set.of("uri");
  }

  @Override
  public Set<String> secrets() {
    return Set.of("uri");
  }

  @Override
  public Props call(Call call, Props arguments) {
    var ref = Functions.branch(arguments);
    var controlPlane = call.services().requireControlPlane("getConnectionUri");
    var uri =
        call.patience()
            .settle(
                "reading the connection string of branch " + ref.branch(),
                () ->
                    controlPlane.connectionUri(
                        ref.project(),
                        ref.branch(),
                        arguments.requireText("database"),
                        arguments.requireText("role"),
                        arguments.bool("pooled").orElse(false)));
    return Props.builder().put("uri", uri).build();
  }
}
