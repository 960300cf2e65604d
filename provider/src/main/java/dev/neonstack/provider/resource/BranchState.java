package dev.neonstack.provider.resource;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineCreate;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.provider.resource.Ids.BranchRef;
import dev.neonstack.provider.table.Formats;
import dev.neonstack.provider.value.Props;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a branch is.
 *
 * @param parentLsn where it starts, settled before the first call to storage and never again
 * @param pending whether its creation is not known to have ended
 */
@RecordBuilder
record BranchState(
    TenantId project,
    String name,
    Optional<TimelineId> parent,
    Optional<Lsn> parentLsn,
    Optional<Instant> parentTimestamp,
    int pgVersion,
    boolean protectedBranch,
    Optional<Instant> expiresAt,
    Optional<Duration> ttl,
    boolean archived,
    TimelineId branchId,
    Optional<Instant> createdAt,
    boolean pending) {

  private static final int DEFAULT_PG_VERSION = 17;

  static BranchState of(Props props) {
    return new BranchState(
        TenantId.of(props.requireText("project")),
        props.requireText("name"),
        props.text("parent").flatMap(Formats::timeline),
        props.text("parentLsn").flatMap(Formats::lsn),
        props.text("parentTimestamp").flatMap(Formats::instant),
        props.integer("pgVersion").orElse(DEFAULT_PG_VERSION),
        props.bool("protected").orElse(false),
        props.text("expiresAt").flatMap(Formats::instant),
        props.text("ttl").flatMap(Formats::duration),
        props.bool("archived").orElse(false),
        TimelineId.of(props.requireText(BranchInputs.BRANCH_ID)),
        props.text("createdAt").flatMap(Formats::instant),
        props.bool("pending").orElse(false));
  }

  Props props() {
    var props =
        Props.builder()
            .put("project", project.value())
            .put("name", name)
            .put("parent", parent.map(TimelineId::value))
            .put("parentLsn", parentLsn.map(Lsn::toString))
            .put("parentTimestamp", parentTimestamp.map(Instant::toString))
            .put("pgVersion", pgVersion)
            .put("protected", protectedBranch)
            .put("expiresAt", expiresAt.map(Instant::toString))
            .put("ttl", ttl.map(Formats::duration))
            .put("archived", archived)
            .put(BranchInputs.BRANCH_ID, branchId.value())
            .put("createdAt", createdAt.map(Instant::toString));
    return pending ? props.put("pending", true).build() : props.build();
  }

  BranchRef ref() {
    return new BranchRef(project, branchId);
  }

  /** The one call to storage that makes this branch, the same however often it is made. */
  TimelineCreate request() {
    return parent
        .<TimelineCreate>map(from -> new TimelineCreate.Branch(branchId, from, startLsn()))
        .orElseGet(() -> new TimelineCreate.Bootstrap(branchId, pgVersion));
  }

  private Lsn startLsn() {
    return parentLsn.orElseThrow(
        () -> new IllegalStateException("branch " + branchId + " has a parent and no start"));
  }

  BranchRegistration registration(boolean ready, String owner) {
    return new BranchRegistration(
        branchId,
        name,
        parent,
        parentLsn,
        parentTimestamp,
        protectedBranch,
        expiresAt,
        ready,
        Optional.of(owner));
  }

  /**
   * The same with what can be changed in place taken from the inputs; the data stays where it is.
   */
  BranchState with(BranchInputs wanted, Instant now) {
    return BranchStateBuilder.builder(this)
        .name(wanted.name())
        .parentTimestamp(wanted.parentTimestamp())
        .protectedBranch(wanted.protectedBranch())
        .expiresAt(sameLifetime(wanted) ? expiresAt : wanted.expiry(now))
        .ttl(wanted.ttl())
        .build();
  }

  /** A lifetime counts from when it was set, however often it is asked for. */
  private boolean sameLifetime(BranchInputs wanted) {
    return !pending
        && wanted.ttl().isPresent()
        && wanted.ttl().equals(ttl)
        && expiresAt.isPresent();
  }

  /** The same, archived or not. */
  BranchState archived(boolean now) {
    return BranchStateBuilder.builder(this).archived(now).build();
  }

  /** The same, of the version that storage reports, and complete. */
  BranchState made(int version) {
    return BranchStateBuilder.builder(this).pgVersion(version).pending(false).build();
  }
}
