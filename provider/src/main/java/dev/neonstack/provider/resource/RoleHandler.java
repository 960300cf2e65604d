package dev.neonstack.provider.resource;

import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.Role;
import dev.neonstack.provider.resource.Ids.NamedRef;
import dev.neonstack.provider.table.Property;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.util.Optional;
import java.util.Set;

/** Roles of a branch; one that exists, such as one inherited from the parent, is taken over. */
final class RoleHandler implements ResourceHandler<RoleHandler.RoleProps, RoleHandler.RoleProps> {
  private static final PropertyTable TABLE =
      new PropertyTable(
          Inputs.project().replacing(),
          Inputs.branchId("branch").need().replacing(),
          Inputs.role("name").need().replacing(),
          Property.text("password")
              .onlyText(
                  "1 to 256 characters, none of them a control character",
                  text ->
                      !text.isEmpty()
                          && text.length() <= 256
                          && text.chars().noneMatch(Character::isISOControl))
              .keeping());

  /** A role, wanted or made. */
  record RoleProps(NamedRef ref, Optional<String> password) {
    static RoleProps of(Props props) {
      return new RoleProps(Named.ref(props), props.text("password"));
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
    return new Created<>(inputs.ref().toString(), put(call, inputs));
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
    return new RoleProps(ref, Optional.of(role.password()));
  }

  @Override
  public Optional<Found<RoleProps, RoleProps>> read(
      Call call, String id, Optional<RoleProps> inputs, Optional<RoleProps> state) {
    var ref = NamedRef.parse(id);
    var cp = controlPlane(call);
    return call.patience()
        .settle(
            "reading role '" + ref.name() + "'",
            () -> cp.role(ref.branch().project(), ref.branch().branch(), ref.name()))
        .map(role -> new Found<>(of(ref, role), of(ref, role)));
  }

  @Override
  public RoleProps update(Call call, String id, RoleProps state, RoleProps inputs) {
    return put(call, inputs);
  }

  @Override
  public void delete(Call call, String id, RoleProps state) {
    var ref = NamedRef.parse(id);
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
