package dev.neonstack.provider.resource;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import dev.neonstack.provider.resource.Ids.BranchRef;
import dev.neonstack.provider.resource.ResourceHandler.Found;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a branch as it is, for a refresh and for an import. */
final class BranchReading {
  private static final int DEFAULT_PG_VERSION = 17;

  private final Call call;
  private final BranchRef ref;

  BranchReading(Call call, BranchRef ref) {
    this.call = call;
    this.ref = ref;
  }

  /** What storage has of the branch. */
  private record Stored(
      Optional<TimelineId> parent, Optional<Lsn> lsn, OptionalInt pgVersion, boolean archived) {}

  /** Empty only when storage says that the project is there and the branch is not. */
  Optional<Found<BranchInputs, BranchState>> read(
      Optional<BranchInputs> inputs, Optional<BranchState> state) {
    return stored()
        .map(stored -> found(stored, new Registry(call).branch(ref.project(), ref.branch()), state))
        .map(now -> new Found<>(inputs(now, inputs), now));
  }

  /** Whether storage has the branch, archived or not. */
  boolean exists() {
    return stored().isPresent();
  }

  private Optional<Stored> stored() {
    var plain =
        call.patience()
            .settle(
                "reading branch " + ref.branch(),
                () -> call.storage().timeline(ref.project(), ref.branch()));
    if (plain.isPresent()) {
      return plain.map(
          info ->
              new Stored(
                  info.ancestorTimelineId(),
                  info.ancestorLsn(),
                  OptionalInt.of(info.pgVersion()),
                  info.archived()));
    }
    return call
        .patience()
        .settle("listing branches", () -> call.storage().timelines(ref.project()))
        .offloaded()
        .stream()
        .filter(offloaded -> offloaded.timelineId().equals(ref.branch()))
        .findFirst()
        .map(
            offloaded ->
                new Stored(
                    offloaded.ancestorTimelineId(),
                    offloaded.ancestorRetainLsn(),
                    OptionalInt.empty(),
                    true));
  }

  private BranchState found(
      Stored stored, Optional<RegisteredBranch> registered, Optional<BranchState> state) {
    var name =
        registered
            .map(RegisteredBranch::name)
            .or(() -> state.map(BranchState::name))
            .orElse(ref.branch().value());
    var expiresAt =
        registered.isPresent()
            ? registered.flatMap(RegisteredBranch::expiresAt)
            : state.flatMap(BranchState::expiresAt);
    // An end that somebody else has set is not the one that the ttl was counted to.
    var ttl = state.filter(had -> had.expiresAt().equals(expiresAt)).flatMap(BranchState::ttl);
    return new BranchState(
        ref.project(),
        name,
        state.isPresent() ? state.flatMap(BranchState::parent) : stored.parent(),
        state.flatMap(BranchState::parentLsn).or(stored::lsn),
        state
            .flatMap(BranchState::parentTimestamp)
            .or(() -> registered.flatMap(RegisteredBranch::parentTimestamp)),
        stored
            .pgVersion()
            .orElseGet(() -> state.map(BranchState::pgVersion).orElse(DEFAULT_PG_VERSION)),
        registered
            .map(RegisteredBranch::protectedBranch)
            .orElseGet(() -> state.map(BranchState::protectedBranch).orElse(false)),
        expiresAt,
        ttl,
        stored.archived(),
        ref.branch(),
        state.flatMap(BranchState::createdAt).or(() -> registered.map(RegisteredBranch::createdAt)),
        false);
  }

  private static BranchInputs inputs(BranchState now, Optional<BranchInputs> olds) {
    var ttl = olds.flatMap(BranchInputs::ttl).filter(given -> now.ttl().isPresent());
    return new BranchInputs(
        now.project(),
        now.name(),
        now.parent(),
        now.parentLsn(),
        now.parentTimestamp(),
        now.parent().isPresent() ? OptionalInt.empty() : OptionalInt.of(now.pgVersion()),
        now.protectedBranch(),
        ttl.isPresent() ? Optional.empty() : now.expiresAt(),
        ttl,
        now.archived(),
        olds.map(BranchInputs::branchId).orElse(now.branchId()));
  }
}
