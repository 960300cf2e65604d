package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.Role;
import dev.neonstack.provider.resource.Ids.BranchRef;
import dev.neonstack.provider.resource.Ids.NamedRef;
import dev.neonstack.provider.table.Property;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Roles of a branch; one that exists, such as one inherited from the parent, is taken over. */
final class RoleHandler implements ResourceHandler<RoleHandler.RoleProps, RoleHandler.RoleProps> {
  private static final PropertyTable TABLE =
      new PropertyTable(
          Inputs.project().replacing(),
          Inputs.branchId("branch").need().replacing(),
          Inputs.role("name").need(),
          Inputs.formerNames(),
          Property.text("password")
              .onlyText(
                  "8 to 256 characters, none of them a control character",
                  text ->
                      text.length() >= 8
                          && text.length() <= 256
                          && text.chars().noneMatch(Character::isISOControl))
              .keeping());

  /** A role, wanted or made. */
  record RoleProps(NamedRef ref, Optional<String> password, List<String> formerNames) {
    static RoleProps of(Props props) {
      return new RoleProps(
          Named.ref(props), props.text("password"), props.textList(Named.FORMER_NAMES));
    }

    Props props() {
      return Named.props(ref).put("password", password).build();
    }

    @Override
    public String toString() {
      return "RoleProps[ref=" + ref + "]";
    }
  }

  @Override
  public String type() {
    return "Role";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> computed() {
    return Set.of("password");
  }

  @Override
  public Set<String> secrets() {
    return Set.of("password");
  }

  @Override
  public Optional<TenantId> project(Props state) {
    return Inputs.projectOf(state);
  }

  @Override
  public Optional<String> missing(Inventory inventory, RoleProps state) {
    return inventory.hasRole(state.ref().branch().branch(), state.ref().name())
        ? Optional.empty()
        : Optional.of(
            "role '%s' is declared and does not exist on branch %s. %s"
                .formatted(state.ref().name(), state.ref().branch().branch(), Inventory.AGAIN));
  }

  @Override
  public RoleProps inputs(Props inputs) {
    return RoleProps.of(inputs);
  }

  @Override
  public RoleProps state(Props state) {
    return RoleProps.of(state);
  }

  @Override
  public Props inputProps(RoleProps inputs) {
    return inputs.props();
  }

  @Override
  public Props stateProps(RoleProps state) {
    return state.props();
  }

  @Override
  public Created<RoleProps> create(Call call, RoleProps inputs) {
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
        return "role";
      }

      @Override
      public boolean exists(String name) {
        return cp.role(branch.project(), branch.branch(), name).isPresent();
      }

      @Override
      public void rename(String name, String newName) {
        cp.renameRole(branch.project(), branch.branch(), name, newName);
      }
    };
  }

  private static RoleProps put(Call call, RoleProps wanted) {
    var branch = wanted.ref().branch();
    var cp = controlPlane(call);
    var role =
        call.patience()
            .settle(
                "setting role '" + wanted.ref().name() + "'",
                () ->
                    cp.putRole(
                        branch.project(), branch.branch(), wanted.ref().name(), wanted.password()));
    return of(wanted.ref(), role);
  }

  private static RoleProps of(NamedRef ref, Role role) {
    return new RoleProps(ref, role.password(), List.of());
  }

  @Override
  public Optional<Found<RoleProps, RoleProps>> read(
      Call call, String id, Optional<RoleProps> inputs, Optional<RoleProps> state) {
    var ref = state.map(RoleProps::ref).orElseGet(() -> NamedRef.parse(id));
    var cp = controlPlane(call);
    return call.patience()
        .settle(
            "reading role '" + ref.name() + "'",
            () -> cp.role(ref.branch().project(), ref.branch().branch(), ref.name()))
        .map(role -> new Found<>(of(ref, role), of(ref, role)));
  }

  @Override
  public RoleProps update(Call call, String id, RoleProps state, RoleProps inputs) {
    var ref = inputs.ref();
    Named.change(call, names(call, ref.branch()), state.ref().name(), ref.name());
    return put(call, inputs);
  }

  @Override
  public void delete(Call call, String id, RoleProps state) {
    var ref = state.ref();
    var cp = controlPlane(call);
    call.patience()
        .settle(
            "deleting role '" + ref.name() + "'",
            () -> cp.deleteRole(ref.branch().project(), ref.branch().branch(), ref.name()));
  }

  private static ControlPlaneClient controlPlane(Call call) {
    return call.services().requireControlPlane("a Role");
  }
}
