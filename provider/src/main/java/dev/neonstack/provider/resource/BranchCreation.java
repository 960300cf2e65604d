package dev.neonstack.provider.resource;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import dev.neonstack.provider.resource.BranchFinish.Stage;
import dev.neonstack.provider.resource.ResourceHandler.Created;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Makes a branch exactly once, whatever dies on the way. The control plane holds the intent, id and
 * position, before storage hears of it; a later run finds it by the resource's URN and repeats the
 * same call.
 */
final class BranchCreation {
  private final Call call;
  private final Registry registry;
  private final BranchInputs wanted;

  BranchCreation(Call call, BranchInputs wanted) {
    this.call = call;
    this.registry = new Registry(call);
    this.wanted = wanted;
  }

  Created<BranchState> run() {
    claim();
    var made =
        leftover().orElseGet(() -> new BranchFinish(call).finish(fresh(), wanted, Stage.FRESH));
    return new Created<>(made.ref().toString(), made);
  }

  /**
   * The branch that this one replaces keeps its name beside it only as one of the same owner, and
   * has another one when its project was renamed.
   */
  private void claim() {
    if (!call.live().knowsAny(call.urn())) {
      return;
    }
    registry.all(wanted.project()).stream()
        .filter(found -> found.name().equals(wanted.name()))
        .filter(found -> call.live().knows(call.urn(), found.id().value()))
        .filter(found -> !found.owner().equals(Optional.of(call.urn())))
        .forEach(found -> registry.register(wanted.project(), owned(found)));
  }

  private BranchRegistration owned(RegisteredBranch found) {
    return new BranchRegistration(
        found.id(),
        found.name(),
        found.parent(),
        found.parentLsn(),
        found.parentTimestamp(),
        found.protectedBranch(),
        found.expiresAt(),
        found.ready(),
        Optional.of(call.urn()));
  }

  /** Finishes what an earlier run began for this resource; what it does not want any more goes. */
  private Optional<BranchState> leftover() {
    var made = Optional.<BranchState>empty();
    for (var found : registry.owned(wanted.project())) {
      if (call.live().knows(call.urn(), found.id().value())) {
        continue;
      }
      if (made.isEmpty() && fits(found)) {
        made = adopt(found);
      } else if (found.ready()) {
        call.progress()
            .warn(
                "branch "
                    + found.id()
                    + " was also made for this resource and is left alone, as it may hold data;"
                    + " delete it by hand if it is not needed");
      } else {
        discard(found);
      }
    }
    return made;
  }

  private boolean fits(RegisteredBranch found) {
    var samePosition =
        wanted.parentLsn().isPresent()
            ? found.parentLsn().equals(wanted.parentLsn())
            : found.parentTimestamp().equals(wanted.parentTimestamp());
    return found.parent().equals(wanted.parent())
        && samePosition
        && found.parent().isPresent() == found.parentLsn().isPresent();
  }

  private Optional<BranchState> adopt(RegisteredBranch found) {
    var state = state(found);
    call.live().adopt(call.urn(), found.id().value());
    if (found.ready()) {
      call.progress().status("taking over branch " + found.id() + ", which an earlier run made");
    }
    try {
      return Optional.of(
          new BranchFinish(call).finish(state, wanted, found.ready() ? Stage.READY : Stage.BEGUN));
    } catch (BranchFinish.DifferentException e) {
      if (found.ready()) {
        throw new RefusedException(e.getMessage(), e);
      }
      discard(found);
      return Optional.empty();
    }
  }

  private void discard(RegisteredBranch found) {
    call.progress()
        .status("removing branch " + found.id() + ", which an earlier run left unfinished");
    new BranchRemoval(call).settleAndRemove(state(found));
  }

  private BranchState state(RegisteredBranch found) {
    return pending(
        new Origin(
            found.id(), found.parentLsn(), rootVersion(), found.createdAt(), found.parent()));
  }

  private BranchState fresh() {
    var now = call.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    if (wanted.parent().isEmpty()) {
      return pending(
          new Origin(wanted.branchId(), Optional.empty(), rootVersion(), now, Optional.empty()));
    }
    var start = new BranchStart(call, wanted.project());
    TimelineInfo parent = start.parent(wanted.parent().get());
    return pending(
        new Origin(
            wanted.branchId(),
            Optional.of(start.of(wanted, parent)),
            parent.pgVersion(),
            now,
            wanted.parent()));
  }

  private int rootVersion() {
    return wanted.pgVersion().orElseGet(() -> registry.pgVersion(wanted.project()));
  }

  /** What of a branch is settled before it is made. */
  private record Origin(
      TimelineId id,
      Optional<Lsn> lsn,
      int pgVersion,
      Instant createdAt,
      Optional<TimelineId> parent) {}

  private BranchState pending(Origin origin) {
    var createdAt = origin.createdAt().truncatedTo(ChronoUnit.SECONDS);
    var now = call.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    return new BranchState(
        wanted.project(),
        wanted.name(),
        origin.parent(),
        origin.lsn(),
        wanted.parentTimestamp(),
        origin.pgVersion(),
        wanted.protectedBranch(),
        wanted.expiry(now),
        wanted.ttl(),
        false,
        origin.id(),
        Optional.of(createdAt),
        true);
  }
}
