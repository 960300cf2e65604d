package dev.neonstack.provider.resource;

import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.Database;
import dev.neonstack.provider.resource.Ids.NamedRef;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.util.Optional;
import java.util.Set;

/** Databases of a branch; one that exists, such as one inherited, is taken over with its data. */
final class DatabaseHandler
    implements ResourceHandler<DatabaseHandler.DatabaseProps, DatabaseHandler.DatabaseProps> {
  private static final PropertyTable TABLE =
      new PropertyTable(
          Inputs.project().replacing(),
          Inputs.branchId("branch").need().replacing(),
          Inputs.database("name").need().replacing(),
          Inputs.role("owner").need());

  /** A database, wanted or made. */
  record DatabaseProps(NamedRef ref, String owner) {
    static DatabaseProps of(Props props) {
      return new DatabaseProps(Named.ref(props), props.requireText("owner"));
    }

    Props props() {
      return Named.props(ref).put("owner", owner).build();
    }
  }

  @Override
  public String type() {
    return "Database";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> computed() {
    return Set.of();
  }

  @Override
  public DatabaseProps inputs(Props inputs) {
    return DatabaseProps.of(inputs);
  }

  @Override
  public DatabaseProps state(Props state) {
    return DatabaseProps.of(state);
  }

  @Override
  public Props inputProps(DatabaseProps inputs) {
    return inputs.props();
  }

  @Override
  public Props stateProps(DatabaseProps state) {
    return state.props();
  }

  @Override
  public Created<DatabaseProps> create(Call call, DatabaseProps inputs) {
    var branch = inputs.ref().branch();
    new Branches(call, controlPlane(call)).register(branch.project(), branch.branch());
    return new Created<>(inputs.ref().toString(), put(call, inputs));
  }

  private static DatabaseProps put(Call call, DatabaseProps wanted) {
    var branch = wanted.ref().branch();
    var cp = controlPlane(call);
    var database =
        call.patience()
            .settle(
                "setting database '" + wanted.ref().name() + "'",
                () ->
                    cp.putDatabase(
                        branch.project(), branch.branch(), wanted.ref().name(), wanted.owner()));
    return of(wanted.ref(), database);
  }

  private static DatabaseProps of(NamedRef ref, Database database) {
    return new DatabaseProps(ref, database.owner());
  }

  @Override
  public Optional<Found<DatabaseProps, DatabaseProps>> read(
      Call call, String id, Optional<DatabaseProps> inputs, Optional<DatabaseProps> state) {
    var ref = NamedRef.parse(id);
    var cp = controlPlane(call);
    return call.patience()
        .settle(
            "reading database '" + ref.name() + "'",
            () -> cp.database(ref.branch().project(), ref.branch().branch(), ref.name()))
        .map(database -> new Found<>(of(ref, database), of(ref, database)));
  }

  @Override
  public DatabaseProps update(Call call, String id, DatabaseProps state, DatabaseProps inputs) {
    return put(call, inputs);
  }

  @Override
  public void delete(Call call, String id, DatabaseProps state) {
    var ref = NamedRef.parse(id);
    var cp = controlPlane(call);
    call.patience()
        .settle(
            "deleting database '" + ref.name() + "'",
            () -> cp.deleteDatabase(ref.branch().project(), ref.branch().branch(), ref.name()));
  }

  private static ControlPlaneClient controlPlane(Call call) {
    return call.services().requireControlPlane("a Database");
  }
}
