package dev.neonstack.provider.resource;

import dev.neonstack.neon.SettingRules;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.provider.resource.Ids.EndpointRef;
import dev.neonstack.provider.table.Problems;
import dev.neonstack.provider.table.Property;
import dev.neonstack.provider.table.Property.ValueType;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Fields;
import dev.neonstack.provider.value.Value.Num;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Endpoints: Postgres servers, which the control plane runs. */
final class EndpointHandler implements ResourceHandler<EndpointInputs, EndpointState> {
  private static final double SMALLEST_CU = 0.25;
  private static final double LARGEST_CU = 64;
  private static final int NEVER = -1;
  private static final int LONGEST_TIMEOUT = 604_800;

  /** Stands for a branch that the same update makes; nothing is asked of it. */
  private static final Value NOT_MADE_YET = Value.of("0".repeat(32));

  private static final PropertyTable TABLE =
      new PropertyTable(
          Inputs.project().replacing(),
          Inputs.branchId("branch").need().replacing(),
          Inputs.label("name"),
          Property.text("type")
              .onlyText("read_write or read_only", EndpointInputs::isType)
              .orElse(Value.of("read_write"))
              .replacing(),
          size("minCu"),
          size("maxCu"),
          Property.of("suspendTimeout", ValueType.INTEGER)
              .only(
                  "seconds, 0 for the default, -1 for never, at most " + LONGEST_TIMEOUT,
                  number(seconds -> seconds >= NEVER && seconds <= LONGEST_TIMEOUT))
              .orElse(Value.of(0)),
          Property.of("pooler", ValueType.BOOL).orElse(Value.of(false)),
          Property.of("settings", ValueType.TEXTS).as(EndpointHandler::noneIfEmpty));

  private static Property size(String name) {
    return Property.of(name, ValueType.NUMBER)
        .only(
            "compute units from " + SMALLEST_CU + " to " + (int) LARGEST_CU,
            number(size -> size >= SMALLEST_CU && size <= LARGEST_CU))
        .keeping();
  }

  private static Predicate<Value> number(Predicate<Double> holds) {
    return value -> value instanceof Num number && holds.test(number.value());
  }

  private static Value noneIfEmpty(Value value) {
    return value instanceof Fields fields && fields.values().isEmpty() ? Value.Null.VALUE : value;
  }

  @Override
  public String type() {
    return "Endpoint";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> computed() {
    return Set.of("endpointId", "host", "port");
  }

  @Override
  public void check(Props olds, Props inputs, Instant now, Problems problems) {
    var min = inputs.number("minCu");
    var max = inputs.number("maxCu");
    if (min.isPresent() && max.isPresent() && min.getAsDouble() > max.getAsDouble()) {
      problems.add("maxCu", inputs.get("maxCu"), "not less than minCu");
    }
    SettingRules.objections(inputs.texts("settings"))
        .forEach(objection -> problems.add("settings", "settings." + objection));
  }

  @Override
  public Props complete(Draw draw, Props olds, Props inputs) {
    if (inputs.has("name")) {
      return inputs;
    }
    return inputs.toBuilder().put("name", draw.resourceName()).build();
  }

  @Override
  public void foresee(Optional<Call> call, Props inputs) {
    var branch = inputs.isKnown("branch") ? inputs.get("branch") : NOT_MADE_YET;
    var shaped = inputs.toBuilder().put("branch", branch).build();
    if (call.isPresent() && shaped.allKnown()) {
      judge(call.get(), EndpointInputs.of(shaped));
    }
  }

  @Override
  public void foreseeChange(Supplier<Optional<Call>> call, EndpointInputs wanted) {
    call.get().ifPresent(asked -> judge(asked, wanted));
  }

  private static void judge(Call call, EndpointInputs wanted) {
    try {
      controlPlane(call).checkEndpoint(wanted.project(), wanted.creation());
    } catch (ControlPlaneException e) {
      if (e.kind() == ControlPlaneException.Kind.REFUSED) {
        throw new RefusedException(e.getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public Optional<String> storageId(String id) {
    return Optional.of(EndpointRef.parse(id).endpoint());
  }

  @Override
  public Optional<TenantId> project(Props state) {
    return Inputs.projectOf(state);
  }

  @Override
  public Optional<String> missing(Inventory inventory, EndpointState state) {
    return inventory.hasEndpoint(state.endpoint().branch(), state.endpointId())
        ? Optional.empty()
        : Optional.of(
            "endpoint '%s' (%s) is declared and does not exist. %s"
                .formatted(state.endpoint().name(), state.endpointId(), Inventory.AGAIN));
  }

  @Override
  public EndpointInputs inputs(Props inputs) {
    return EndpointInputs.of(inputs);
  }

  @Override
  public EndpointState state(Props state) {
    return EndpointState.of(state);
  }

  @Override
  public Props inputProps(EndpointInputs inputs) {
    return inputs.props();
  }

  @Override
  public Props stateProps(EndpointState state) {
    return state.props();
  }

  @Override
  public Created<EndpointState> create(Call call, EndpointInputs inputs) {
    var made = new EndpointCreation(call, controlPlane(call), inputs).run();
    return new Created<>(made.ref().toString(), made);
  }

  @Override
  public Optional<Found<EndpointInputs, EndpointState>> read(
      Call call, String id, Optional<EndpointInputs> inputs, Optional<EndpointState> state) {
    var ref = EndpointRef.parse(id);
    var cp = controlPlane(call);
    var found =
        call.patience()
            .settle(
                "reading endpoint " + ref.endpoint(),
                () -> cp.endpoint(ref.project(), ref.endpoint()));
    if (found.isPresent() && state.map(EndpointState::pending).orElse(false)) {
      throw new UnfinishedException(
          id,
          state.get(),
          "endpoint "
              + ref.endpoint()
              + " has not been seen to accept connections. Run pulumi up to start it",
          null);
    }
    return found.map(
        endpoint -> {
          var now = EndpointInputs.of(ref.project(), endpoint);
          return new Found<>(now, EndpointState.of(now, endpoint));
        });
  }

  @Override
  public EndpointState update(Call call, String id, EndpointState state, EndpointInputs inputs) {
    var ref = EndpointRef.parse(id);
    var cp = controlPlane(call);
    var updated =
        call.patience()
            .settle(
                "changing endpoint " + ref.endpoint(),
                () -> cp.updateEndpoint(ref.project(), ref.endpoint(), inputs.update()));
    if (!state.pending()) {
      return EndpointState.of(inputs, updated);
    }
    try {
      var started =
          call.patience()
              .settle(
                  "starting endpoint " + ref.endpoint(),
                  () -> cp.startEndpoint(ref.project(), ref.endpoint()));
      return EndpointState.of(inputs, started);
    } catch (ControlPlaneException e) {
      throw EndpointCreation.unfinished(EndpointState.of(inputs, updated), e);
    }
  }

  @Override
  public void delete(Call call, String id, EndpointState state) {
    var ref = EndpointRef.parse(id);
    if (call.live().isAdopted(call.urn(), ref.endpoint())) {
      return;
    }
    var cp = controlPlane(call);
    call.patience()
        .settle(
            "deleting endpoint " + ref.endpoint(),
            () -> cp.deleteEndpoint(ref.project(), ref.endpoint()));
  }

  private static ControlPlaneClient controlPlane(Call call) {
    return call.services().requireControlPlane("an Endpoint");
  }
}
