package dev.neonstack.emulator.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is kept about one timeline.
 *
 * @param ancestor the parent as the API shows it; detaching removes or changes it
 * @param source where its data goes on from; never changes, as the data is not rewritten
 * @param cutoff the oldest position that can be read
 * @param reparented the timelines that came along when it was detached; empty when it was not
 */
@RecordBuilder
public record TimelineRow(
    TenantId tenant,
    TimelineId id,
    Phase phase,
    int pgVersion,
    Optional<Link> ancestor,
    Optional<Link> source,
    Lsn initdbLsn,
    Lsn cutoff,
    Optional<Instant> archivedAt,
    boolean offloaded,
    boolean gcBlocked,
    Optional<List<TimelineId>> reparented) {

  /** Where a timeline is in its life. */
  public enum Phase {
    /** initdb was begun; after a crash nothing of it stays. */
    BOOTSTRAPPING,
    ACTIVE,
    /** Its deletion was promised. */
    DELETING,
    /** Deleted for everyone, but the data of a detached timeline still goes on from it. */
    HIDDEN
  }

  public TimelineRow {
    reparented = reparented.map(List::copyOf);
  }

  /** A root whose initdb is about to run. */
  public static TimelineRow bootstrapping(TenantId tenant, TimelineId id, int pgVersion) {
    return new TimelineRow(
        tenant,
        id,
        Phase.BOOTSTRAPPING,
        pgVersion,
        Optional.empty(),
        Optional.empty(),
        Lsn.ZERO,
        Lsn.ZERO,
        Optional.empty(),
        false,
        false,
        Optional.empty());
  }

  /** The root once initdb has run. */
  public TimelineRow bootstrapped(Lsn end) {
    return edit().phase(Phase.ACTIVE).initdbLsn(end).cutoff(end).build();
  }

  /** A branch of this timeline. */
  public TimelineRow branch(TimelineId child, Lsn start, Link dataSource) {
    return new TimelineRow(
        tenant,
        child,
        Phase.ACTIVE,
        pgVersion,
        Optional.of(new Link(id, start)),
        Optional.of(dataSource),
        initdbLsn,
        cutoff,
        Optional.empty(),
        false,
        false,
        Optional.empty());
  }

  /** What the data side knows of it. */
  public TimelineMeta meta() {
    return new TimelineMeta(
        tenant, id, pgVersion, source.map(Link::timeline), source.map(Link::lsn).orElse(initdbLsn));
  }

  public boolean archived() {
    return archivedAt.isPresent();
  }

  /** Whether the plain calls show it. */
  public boolean listed() {
    return (phase == Phase.ACTIVE || phase == Phase.DELETING) && !offloaded;
  }

  /** Where its own history begins as the API shows it; zero for a root. */
  public Lsn ancestorLsn() {
    return ancestor.map(Link::lsn).orElse(Lsn.ZERO);
  }

  /** The oldest position at which it can be branched. */
  public Lsn oldestBranchable() {
    return ancestorLsn().isAfter(cutoff) ? ancestorLsn() : cutoff;
  }

  public boolean isChildOf(TimelineId parent) {
    return phase != Phase.HIDDEN && ancestor.map(Link::timeline).filter(parent::equals).isPresent();
  }

  /** Whether its data goes on from that timeline. */
  public boolean readsFrom(TimelineId other) {
    return source.map(Link::timeline).filter(other::equals).isPresent();
  }

  /** A changed copy is made through this. */
  TimelineRowBuilder edit() {
    return TimelineRowBuilder.builder(this);
  }

  JsonNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("phase", phase.name()).put("pgVersion", pgVersion);
    ancestor.ifPresent(link -> write(node.putObject("ancestor"), link));
    source.ifPresent(link -> write(node.putObject("source"), link));
    node.put("initdbLsn", initdbLsn.toString()).put("cutoff", cutoff.toString());
    archivedAt.ifPresent(at -> node.put("archivedAt", at.toString()));
    if (offloaded) {
      node.put("offloaded", true);
    }
    if (gcBlocked) {
      node.put("gcBlocked", true);
    }
    reparented.ifPresent(
        ids -> {
          var list = node.putArray("reparented");
          ids.forEach(child -> list.add(child.value()));
        });
    return node;
  }

  static TimelineRow fromJson(TenantId tenant, TimelineId id, JsonNode node) {
    return new TimelineRow(
        tenant,
        id,
        Phase.valueOf(node.get("phase").asText()),
        node.get("pgVersion").asInt(),
        link(node.get("ancestor")),
        link(node.get("source")),
        Lsn.parse(node.get("initdbLsn").asText()),
        Lsn.parse(node.get("cutoff").asText()),
        Optional.ofNullable(node.get("archivedAt")).map(at -> Instant.parse(at.asText())),
        node.path("offloaded").asBoolean(),
        node.path("gcBlocked").asBoolean(),
        ids(node.get("reparented")));
  }

  private static void write(ObjectNode node, Link link) {
    node.put("timeline", link.timeline().value()).put("lsn", link.lsn().toString());
  }

  private static Optional<Link> link(JsonNode node) {
    return Optional.ofNullable(node)
        .map(
            link ->
                new Link(
                    TimelineId.of(link.get("timeline").asText()),
                    Lsn.parse(link.get("lsn").asText())));
  }

  private static Optional<List<TimelineId>> ids(JsonNode node) {
    return Optional.ofNullable(node)
        .map(
            list -> {
              var ids = new ArrayList<TimelineId>();
              list.forEach(id -> ids.add(TimelineId.of(id.asText())));
              return ids;
            });
  }
}
