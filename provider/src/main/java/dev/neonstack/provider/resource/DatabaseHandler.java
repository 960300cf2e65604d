package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.Database;
import dev.neonstack.provider.resource.Ids.BranchRef;
import dev.neonstack.provider.resource.Ids.NamedRef;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Databases of a branch; one that exists, such as one inherited, is taken over with its data. */
final class DatabaseHandler
    implements ResourceHandler<DatabaseHandler.DatabaseProps, DatabaseHandler.DatabaseProps> {
  private static final PropertyTable TABLE =
      new PropertyTable(
          Inputs.project().replacing(),
          Inputs.branchId("branch").need().replacing(),
          Inputs.database("name").need(),
          Inputs.formerNames(),
          Inputs.role("owner").need());

  /** A database, wanted or made. */
  record DatabaseProps(NamedRef ref, String owner, List<String> formerNames) {
    static DatabaseProps of(Props props) {
      return new DatabaseProps(
          Named.ref(props), props.requireText("owner"), props.textList(Named.FORMER_NAMES));
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
  public Optional<TenantId> project(Props state) {
    return Inputs.projectOf(state);
  }

  @Override
  public Optional<String> missing(Inventory inventory, DatabaseProps state) {
    return inventory.hasDatabase(state.ref().branch().branch(), state.ref().name())
        ? Optional.empty()
        : Optional.of(
            "database '%s' is declared and does not exist on branch %s. %s"
                .formatted(state.ref().name(), state.ref().branch().branch(), Inventory.AGAIN));
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
    Named.takeOver(call, names(call, branch), inputs.ref().name(), inputs.formerNames());
    return new Created<>(inputs.ref().toString(), put(call, inputs));
  }

  private static Named.Names names(Call call, BranchRef branch) {
    var cp = controlPlane(call);
    return new Named.Names() {
      @Override
      public String kind() {
        return "database";
      }

      @Override
      public boolean exists(String name) {
        return cp.database(branch.project(), branch.branch(), name).isPresent();
      }

      @Override
      public void rename(String name, String newName) {
        cp.renameDatabase(branch.project(), branch.branch(), name, newName);
      }
    };
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
    return new DatabaseProps(ref, database.owner(), List.of());
  }

  @Override
  public Optional<Found<DatabaseProps, DatabaseProps>> read(
      Call call, String id, Optional<DatabaseProps> inputs, Optional<DatabaseProps> state) {
    var ref = state.map(DatabaseProps::ref).orElseGet(() -> NamedRef.parse(id));
    var cp = controlPlane(call);
    return call.patience()
        .settle(
            "reading database '" + ref.name() + "'",
            () -> cp.database(ref.branch().project(), ref.branch().branch(), ref.name()))
        .map(database -> new Found<>(of(ref, database), of(ref, database)));
  }

  @Override
  public DatabaseProps update(Call call, String id, DatabaseProps state, DatabaseProps inputs) {
    var ref = inputs.ref();
    Named.change(call, names(call, ref.branch()), state.ref().name(), ref.name());
    return put(call, inputs);
  }

  @Override
  public void delete(Call call, String id, DatabaseProps state) {
    var ref = state.ref();
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
