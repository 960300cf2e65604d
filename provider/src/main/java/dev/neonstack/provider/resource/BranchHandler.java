package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.provider.resource.Ids.BranchRef;
import dev.neonstack.provider.table.Formats;
import dev.neonstack.provider.table.Problems;
import dev.neonstack.provider.table.Property;
import dev.neonstack.provider.table.Property.ValueType;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Branches: timelines in storage, with a name and a lifetime in the control plane. */
final class BranchHandler implements ResourceHandler<BranchInputs, BranchState> {
  private static final Duration LONGEST_TTL = Duration.ofDays(36_500);
  private static final Duration SOON = Duration.ofHours(1);
  private static final PropertyTable TABLE =
      new PropertyTable(
          Inputs.project().replacing(),
          Inputs.label("name").need(),
          Inputs.branchId("parent").replacing(),
          Property.text("parentLsn")
              .onlyText(Formats.LSN_FORM, text -> Formats.lsn(text).isPresent())
              .as(Formats.normal(Formats::lsn))
              .replacing()
              .keeping(),
          Inputs.instant("parentTimestamp").replacing().keeping(),
          Inputs.pgVersion().replacing().keeping(),
          Property.of("protected", ValueType.BOOL).orElse(Value.of(false)),
          Inputs.instant("expiresAt"),
          Inputs.duration("ttl"),
          Property.of("archived", ValueType.BOOL).orElse(Value.of(false)));

  @Override
  public String type() {
    return "Branch";
  }

  @Override
  public PropertyTable table() {
    return TABLE;
  }

  @Override
  public Set<String> computed() {
    return Set.of(BranchInputs.BRANCH_ID, "parentLsn", "createdAt", "expiresAt", "pgVersion");
  }

  @Override
  public Set<String> unsettledBy(List<String> changed) {
    return changed.contains("ttl") ? Set.of("expiresAt") : Set.of();
  }

  @Override
  public void check(Props olds, Props inputs, Instant now, Problems problems) {
    excludes(inputs, "parentLsn", "parentTimestamp", problems);
    excludes(inputs, "expiresAt", "ttl", problems);
    if (inputs.has("parent") && inputs.has("pgVersion")) {
      problems.add(
          "pgVersion",
          "pgVersion is given together with parent; a branch has the version of its parent, so leave"
              + " it out");
    }
    for (var name : List.of("parentLsn", "parentTimestamp")) {
      if (inputs.has(name) && !inputs.has("parent")) {
        problems.add(
            name,
            name
                + " is given without parent; name the branch it is a position of, or leave it out");
      }
    }
    moments(olds, inputs, now, problems);
  }

  private static void moments(Props olds, Props inputs, Instant now, Problems problems) {
    given("parentTimestamp", olds, inputs)
        .filter(time -> time.isAfter(now))
        .ifPresent(
            time ->
                problems.add(
                    "parentTimestamp",
                    inputs.get("parentTimestamp"),
                    "a moment that has passed (it is " + now + " now)"));
    given("expiresAt", olds, inputs)
        .filter(time -> !time.isAfter(now))
        .ifPresent(
            time ->
                problems.add(
                    "expiresAt",
                    inputs.get("expiresAt"),
                    "a moment to come (it is "
                        + now
                        + " now), as the branch would be deleted at once; give a later one, or take the"
                        + " branch out of the configuration"));
    inputs
        .text("ttl")
        .flatMap(Formats::duration)
        .filter(ttl -> ttl.isZero() || ttl.compareTo(LONGEST_TTL) > 0)
        .ifPresent(
            ttl ->
                problems.add(
                    "ttl",
                    inputs.get("ttl"),
                    "more than 0s and at most " + Formats.duration(LONGEST_TTL)));
  }

  /** The moment that is given, unless the branch was made, or changed, with the same. */
  private static Optional<Instant> given(String name, Props olds, Props inputs) {
    var moment = inputs.text(name).flatMap(Formats::instant);
    return moment.equals(olds.text(name).flatMap(Formats::instant)) ? Optional.empty() : moment;
  }

  private static void excludes(Props inputs, String one, String other, Problems problems) {
    if (inputs.has(one) && inputs.has(other)) {
      problems.add(
          other, one + " and " + other + " are both given; expected one of them, so leave one out");
    }
  }

  @Override
  public Props complete(Draw draw, Props olds, Props inputs) {
    var id = olds.text(BranchInputs.BRANCH_ID).orElseGet(draw::hexId);
    return inputs.toBuilder().put(BranchInputs.BRANCH_ID, id).build();
  }

  @Override
  public Optional<String> drawnId(Props inputs) {
    return inputs.text(BranchInputs.BRANCH_ID);
  }

  @Override
  public Optional<String> storageId(String id) {
    return Optional.of(BranchRef.parse(id).branch().value());
  }

  @Override
  public Optional<String> refusesReplacement(BranchState state) {
    return state.protectedBranch()
        ? Optional.of(protectedFrom(state, "replacing"))
        : Optional.empty();
  }

  @Override
  public boolean isOtherwiseKnown(Inventory inventory, BranchState state, String urn) {
    return inventory
        .owner(state.branchId())
        .filter(owner -> !owner.equals(urn) && Ids.stackOf(owner).equals(Ids.stackOf(urn)))
        .isPresent();
  }

  @Override
  public BranchInputs inputs(Props inputs) {
    return BranchInputs.of(inputs);
  }

  @Override
  public BranchState state(Props state) {
    return BranchState.of(state);
  }

  @Override
  public Props inputProps(BranchInputs inputs) {
    return inputs.props();
  }

  @Override
  public Props stateProps(BranchState state) {
    return state.props();
  }

  @Override
  public Created<BranchState> create(Call call, BranchInputs inputs) {
    try {
      return new BranchCreation(call, inputs).run();
    } catch (BranchFinish.DifferentException e) {
      throw new RefusedException(e.getMessage(), e);
    }
  }

  @Override
  public Optional<Found<BranchInputs, BranchState>> read(
      Call call, String id, Optional<BranchInputs> inputs, Optional<BranchState> state) {
    if (state.map(BranchState::pending).orElse(false)) {
      throw new UnfinishedException(
          id,
          state.get(),
          "branch '" + state.get().name() + "' is not complete. Run pulumi up to finish it",
          null);
    }
    return new BranchReading(call, BranchRef.parse(id)).read(inputs, state);
  }

  @Override
  public BranchState update(Call call, String id, BranchState state, BranchInputs inputs) {
    if (state.pending()) {
      return finish(call, state, inputs);
    }
    var changed = state.with(inputs, now(call));
    if (!new BranchReading(call, state.ref()).exists()) {
      throw new RefusedException(
          "branch '%s' (%s) is gone, so it cannot be changed; run pulumi refresh, then pulumi up makes it"
                  .formatted(state.name(), state.branchId())
              + " anew, without the data it had");
    }
    if (!changed.expiresAt().equals(state.expiresAt())) {
      tell(call, changed, "is deleted");
    }
    new Registry(call).register(changed.project(), changed.registration(true, call.urn()));
    if (changed.archived() == inputs.archived()) {
      return changed;
    }
    call.patience()
        .settle(
            (inputs.archived() ? "archiving" : "unarchiving") + " branch '" + changed.name() + "'",
            () -> call.storage().archive(changed.project(), changed.branchId(), inputs.archived()));
    return changed.archived(inputs.archived());
  }

  private static BranchState finish(Call call, BranchState state, BranchInputs inputs) {
    try {
      return new BranchFinish(call)
          .finish(state.with(inputs, now(call)), inputs, BranchFinish.Stage.BEGUN);
    } catch (BranchFinish.DifferentException e) {
      throw new RefusedException(e.getMessage(), e);
    }
  }

  private static Instant now(Call call) {
    return call.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public void foresee(Call call, BranchState state, BranchInputs wanted) {
    var changed = state.with(wanted, now(call));
    if (!changed.expiresAt().equals(state.expiresAt())) {
      tell(call, changed, "would be deleted");
    }
  }

  /** An end is told with its moment, as a lifetime in the configuration does not show it. */
  private static void tell(Call call, BranchState branch, String what) {
    branch
        .expiresAt()
        .ifPresent(
            end -> {
              var sentence =
                  "branch '%s' %s with its data at %s".formatted(branch.name(), what, end);
              if (end.isAfter(call.clock().instant().plus(SOON))) {
                call.progress().note(sentence);
              } else {
                call.progress().warn(sentence);
              }
            });
  }

  @Override
  public void foresee(Optional<Call> call, Props inputs) {
    if (inputs.has("parent") && !inputs.isKnown("parent") && inputs.has("parentTimestamp")) {
      throw new RefusedException(
          "parentTimestamp is '%s', and the parent would be made by the same update, so it has no"
                  .formatted(inputs.text("parentTimestamp").orElse("unknown"))
              + " history at that moment; leave parentTimestamp out");
    }
    if (call.isPresent() && inputs.allKnown() && inputs.has("parent")) {
      var wanted = BranchInputs.of(inputs);
      var start = new BranchStart(call.get(), wanted.project());
      start.of(wanted, start.parent(wanted.parent().orElseThrow()));
    }
  }

  @Override
  public Optional<TenantId> project(Props state) {
    return Inputs.projectOf(state);
  }

  @Override
  public Optional<String> missing(Inventory inventory, BranchState state) {
    if (state.pending() || inventory.hasBranch(state.branchId())) {
      return Optional.empty();
    }
    var why =
        state
            .expiresAt()
            .map(end -> "its lifetime ended at " + end)
            .orElse("something else than this stack has deleted it");
    return Optional.of(
        "branch '%s' (%s) is declared and does not exist: %s. %s"
            .formatted(state.name(), state.branchId(), why, Inventory.AGAIN));
  }

  @Override
  public void delete(Call call, String id, BranchState state) {
    var branch = BranchRef.parse(id);
    if (call.live().isAdopted(call.urn(), branch.branch().value())) {
      return;
    }
    if (state.protectedBranch()) {
      throw new RefusedException(protectedFrom(state, "deleting"));
    }
    if (state.pending()) {
      new BranchRemoval(call).settleAndRemove(state);
    } else {
      new BranchRemoval(call).remove(branch);
    }
  }

  private static String protectedFrom(BranchState state, String what) {
    TimelineId id = state.branchId();
    return "branch '"
        + state.name()
        + "' ("
        + id
        + ") is protected, which forbids "
        + what
        + " it; set protected: false and run pulumi up first";
  }
}
