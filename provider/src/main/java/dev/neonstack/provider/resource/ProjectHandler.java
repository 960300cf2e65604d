package dev.neonstack.provider.resource;

import dev.neonstack.neon.OffloadedTimeline;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineInfo;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.neon.storage.StorageException.Kind;
import dev.neonstack.provider.table.Formats;
import dev.neonstack.provider.table.Property;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Projects: tenants in storage, with a name in the control plane. */
final class ProjectHandler implements ResourceHandler<ProjectInputs, ProjectState> {
  private static final PropertyTable TABLE =
      new PropertyTable(
          Inputs.label("name").need(),
          Inputs.pgVersion().replacing().orElse(Value.of(ProjectInputs.DEFAULT_PG_VERSION)),
          Inputs.duration("historyRetention").orElse(Value.of(ProjectInputs.DEFAULT_RETENTION)),
          Property.text("region"));

  @Override
  public String type() {
    return "Project";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> computed() {
    return Set.of(ProjectInputs.TENANT_ID);
  }

  @Override
  public Props complete(Draw draw, Props olds, Props inputs) {
    var id = olds.text(ProjectInputs.TENANT_ID).orElseGet(draw::hexId);
    return inputs.toBuilder().put(ProjectInputs.TENANT_ID, id).build();
  }

  @Override
  public Optional<String> drawnId(Props inputs) {
    return inputs.text(ProjectInputs.TENANT_ID);
  }

  @Override
  public Optional<String> storageId(String id) {
    return Optional.of(Ids.project(id).value());
  }

  @Override
  public Optional<TenantId> project(Props state) {
    return state.text(ProjectInputs.TENANT_ID).flatMap(Formats::tenant);
  }

  @Override
  public Optional<String> missing(Inventory inventory, ProjectState state) {
    return state.pending() || inventory.exists()
        ? Optional.empty()
        : Optional.of(
            "project '%s' (%s) is declared and storage does not know it, so nothing of it is left, or the"
                    .formatted(state.project().name(), state.id())
                + " address of storage is wrong; pulumi refresh says what to do");
  }

  @Override
  public ProjectInputs inputs(Props inputs) {
    return ProjectInputs.of(inputs);
  }

  @Override
  public ProjectState state(Props state) {
    return ProjectState.of(state);
  }

  @Override
  public Props inputProps(ProjectInputs inputs) {
    return inputs.props();
  }

  @Override
  public Props stateProps(ProjectState state) {
    return state.props();
  }

  @Override
  public Created<ProjectState> create(Call call, ProjectInputs inputs) {
    var leftover = leftover(call);
    leftover.ifPresent(id -> call.live().adopt(call.urn(), id.value()));
    var begun = new ProjectState(leftover.map(inputs::withId).orElse(inputs), true);
    var made = finish(call, begun, leftover.isEmpty());
    return new Created<>(made.id().value(), made);
  }

  private static Optional<TenantId> leftover(Call call) {
    return call.controlPlane()
        .flatMap(cp -> owned(call, cp).filter(id -> !call.live().knows(call.urn(), id)).findFirst())
        .map(TenantId::of);
  }

  private static Stream<String> owned(Call call, ControlPlaneClient cp) {
    return call
        .patience()
        .settle("looking for what an earlier run left", () -> cp.projectsOwnedBy(call.urn()))
        .stream()
        .map(project -> project.id().value());
  }

  private static ProjectState finish(Call call, ProjectState begun, boolean fresh) {
    var name = begun.project().name();
    register(call, begun);
    try {
      call.patience()
          .settle(
              "creating project '" + name + "'",
              () -> call.storage().createTenant(begun.id(), begun.config()));
    } catch (StorageException e) {
      if (fresh && leavesNothing(e)) {
        call.controlPlane().ifPresent(cp -> cp.forgetProject(begun.id()));
        throw e;
      }
      throw unfinished(begun, e);
    } catch (RefusedException e) {
      throw unfinished(begun, e);
    }
    return new ProjectState(begun.project(), false);
  }

  /**
   * A storage controller that finds no room for a project refuses it with a conflict, and keeps it
   * all the same.
   */
  private static boolean leavesNothing(StorageException failure) {
    return switch (failure.kind()) {
      case REFUSED, GONE, UNAUTHORISED, WRONG_ANSWER -> true;
      case CONFLICT, FAILED, RETRY, UNKNOWN_OUTCOME -> false;
    };
  }

  private static void register(Call call, ProjectState project) {
    call.controlPlane()
        .ifPresent(
            cp ->
                call.patience()
                    .settle(
                        "registering project '" + project.project().name() + "'",
                        () -> cp.registerProject(project.registration(call.urn()))));
  }

  private static UnfinishedException unfinished(ProjectState begun, Exception cause) {
    return new UnfinishedException(
        begun.id().value(),
        begun,
        "project '"
            + begun.project().name()
            + "' is not complete: "
            + cause.getMessage()
            + ". Run pulumi up again to finish it",
        cause);
  }

  @Override
  public Optional<Found<ProjectInputs, ProjectState>> read(
      Call call, String id, Optional<ProjectInputs> inputs, Optional<ProjectState> state) {
    var tenant = Ids.project(id);
    var pending = state.filter(ProjectState::pending);
    if (pending.isPresent()) {
      throw new UnfinishedException(
          id, pending.get(), "the project is not complete. Run pulumi up to finish it", null);
    }
    var exists =
        call.patience()
            .settle("reading project " + tenant, () -> call.storage().tenantExists(tenant));
    if (!exists) {
      throw new RefusedException(
          "project "
              + tenant
              + " is not known at "
              + call.storage().url()
              + "; a wrong address says the same, so it is not taken for deleted. If it is deleted,"
              + " run: pulumi state delete --target-dependents '"
              + call.urn()
              + "'");
    }
    var found = found(call, tenant, state.map(ProjectState::project));
    return Optional.of(new Found<>(found, new ProjectState(found, false)));
  }

  private static ProjectInputs found(Call call, TenantId id, Optional<ProjectInputs> known) {
    var registered =
        call.controlPlane()
            .flatMap(cp -> call.patience().settle("reading project " + id, () -> cp.project(id)))
            .map(
                project ->
                    new ProjectInputs(
                        project.name(),
                        project.pgVersion(),
                        project.historyRetention(),
                        project.region(),
                        id));
    return registered
        .or(() -> known)
        .orElseGet(
            () ->
                ProjectInputs.of(
                    Props.builder().put("name", id.value()).put("tenantId", id.value()).build()));
  }

  @Override
  public ProjectState update(Call call, String id, ProjectState state, ProjectInputs inputs) {
    var wanted = new ProjectState(inputs.withId(state.id()), state.pending());
    if (state.pending()) {
      return finish(call, wanted, false);
    }
    if (!wanted.config().equals(state.config())) {
      call.patience()
          .settle(
              "changing project '" + inputs.name() + "'",
              () -> call.storage().updateTenant(wanted.id(), wanted.config()));
    }
    register(call, wanted);
    return wanted;
  }

  @Override
  public void delete(Call call, String id, ProjectState state) {
    var tenant = Ids.project(id);
    if (call.live().isAdopted(call.urn(), tenant.value())) {
      return;
    }
    if (!state.pending()) {
      refuseWithBranches(call, tenant); // one that was never made has none, and may not list them
    }
    call.patience().settle("deleting project " + tenant, () -> call.storage().deleteTenant(tenant));
    call.controlPlane()
        .ifPresent(
            cp ->
                call.patience()
                    .settle("forgetting project " + tenant, () -> cp.forgetProject(tenant)));
  }

  private static void refuseWithBranches(Call call, TenantId tenant) {
    try {
      var list = call.patience().settle("listing branches", () -> call.storage().timelines(tenant));
      var ids =
          Stream.concat(
                  list.timelines().stream().map(TimelineInfo::timelineId),
                  list.offloaded().stream().map(OffloadedTimeline::timelineId))
              .toList();
      if (!ids.isEmpty()) {
        throw new RefusedException(
            "project "
                + tenant
                + " still has branches: "
                + new Registry(call).named(tenant, ids)
                + "; delete them first");
      }
    } catch (StorageException e) {
      if (e.kind() != Kind.GONE) {
        throw e;
      }
    }
  }
}
