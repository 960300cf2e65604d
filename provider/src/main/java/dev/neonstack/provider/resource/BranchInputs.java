package dev.neonstack.provider.resource;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.provider.table.Formats;
import dev.neonstack.provider.value.Props;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What a branch is made from; the schema says what each field means. */
record BranchInputs(
    TenantId project,
    String name,
    Optional<TimelineId> parent,
    Optional<Lsn> parentLsn,
    Optional<Instant> parentTimestamp,
    OptionalInt pgVersion,
    boolean protectedBranch,
    Optional<Instant> expiresAt,
    Optional<Duration> ttl,
    boolean archived,
    TimelineId branchId) {

  static final String BRANCH_ID = "branchId";

  static BranchInputs of(Props props) {
    return new BranchInputs(
        TenantId.of(props.requireText("project")),
        props.requireText("name"),
        props.text("parent").flatMap(Formats::timeline),
        props.text("parentLsn").flatMap(Formats::lsn),
        props.text("parentTimestamp").flatMap(Formats::instant),
        props.integer("pgVersion"),
        props.bool("protected").orElse(false),
        props.text("expiresAt").flatMap(Formats::instant),
        props.text("ttl").flatMap(Formats::duration),
        props.bool("archived").orElse(false),
        TimelineId.of(props.requireText(BRANCH_ID)));
  }

  Props props() {
    return Props.builder()
        .put("project", project.value())
        .put("name", name)
        .put("parent", parent.map(TimelineId::value))
        .put("parentLsn", parentLsn.map(Lsn::toString))
        .put("parentTimestamp", parentTimestamp.map(Instant::toString))
        .put("pgVersion", number(pgVersion))
        .put("protected", protectedBranch)
        .put("expiresAt", expiresAt.map(Instant::toString))
        .put("ttl", ttl.map(Formats::duration))
        .put("archived", archived)
        .put(BRANCH_ID, branchId.value())
        .build();
  }

  private static OptionalDouble number(OptionalInt number) {
    return number.isPresent() ? OptionalDouble.of(number.getAsInt()) : OptionalDouble.empty();
  }

  /** When the branch goes, if its lifetime begins at that moment. */
  Optional<Instant> expiry(Instant begin) {
    return expiresAt.or(() -> ttl.map(begin::plus));
  }
}
