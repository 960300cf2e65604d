package dev.neonstack.neon.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.LsnAtTime;
import dev.neonstack.neon.LsnKind;
import dev.neonstack.neon.OffloadedTimeline;
import dev.neonstack.neon.Placement;
import dev.neonstack.neon.SafekeeperSet;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import dev.neonstack.neon.TimelineList;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads storage's JSON; anything that does not fit is an {@link IllegalArgumentException}. */
final class Wire {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Wire() {}

  static String write(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request of ours does not fit into JSON", e);
    }
  }

  static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /** The message of an error; empty when the answer is not one of storage's errors. */
  static Optional<String> message(String body) {
    try {
      return text(JSON.readTree(body), "msg");
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static TimelineInfo timeline(JsonNode node) {
    return new TimelineInfo(
        tenant(required(node, "tenant_id")),
        TimelineId.of(required(node, "timeline_id")),
        text(node, "ancestor_timeline_id").map(TimelineId::of),
        text(node, "ancestor_lsn").map(Lsn::parse),
        Lsn.parse(required(node, "last_record_lsn")),
        Lsn.parse(required(node, "min_readable_lsn")),
        Lsn.parse(required(node, "initdb_lsn")),
        pgVersion(node),
        state(node.path("state")),
        node.path("is_archived").asBoolean(false),
        node.path("current_logical_size").isIntegralNumber()
            ? OptionalLong.of(node.path("current_logical_size").asLong())
            : OptionalLong.empty());
  }

  static TimelineList timelines(JsonNode node) {
    return new TimelineList(
        elements(node, "timelines").map(Wire::timeline).toList(),
        elements(node, "offloaded").map(Wire::offloaded).toList());
  }

  static Placement placement(JsonNode node) {
    var shards =
        elements(node, "shards")
            .sorted(Comparator.comparing(shard -> required(shard, "shard_id")))
            .map(
                shard ->
                    new Placement.Shard(
                        number(shard, "node_id"),
                        required(shard, "listen_pg_addr"),
                        (int) number(shard, "listen_pg_port")))
            .toList();
    var params = node.path("shard_params");
    return new Placement(
        (int) number(params, "count"), params.path("stripe_size").asLong(), shards);
  }

  static Map<Long, String> safekeeperAddresses(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .collect(
            Collectors.toMap(
                one -> number(one, "id"),
                one -> required(one, "host") + ":" + number(one, "port")));
  }

  static SafekeeperSet safekeepers(JsonNode node, Map<Long, String> addresses) {
    var members =
        elements(node, "sk_set")
            .map(
                id ->
                    Optional.ofNullable(addresses.get(id.asLong()))
                        .orElseThrow(
                            () -> new IllegalArgumentException("safekeeper " + id + " is unknown")))
            .toList();
    return new SafekeeperSet((int) number(node, "generation"), members);
  }

  private static long number(JsonNode node, String field) {
    if (!node.path(field).isIntegralNumber()) {
      throw new IllegalArgumentException("no number " + field);
    }
    return node.path(field).asLong();
  }

  static LsnAtTime lsnAtTime(JsonNode node) {
    return new LsnAtTime(
        Lsn.parse(required(node, "lsn")),
        LsnKind.valueOf(required(node, "kind").toUpperCase(Locale.ROOT)));
  }

  private static OffloadedTimeline offloaded(JsonNode node) {
    return new OffloadedTimeline(
        TimelineId.of(required(node, "timeline_id")),
        text(node, "ancestor_timeline_id").map(TimelineId::of),
        text(node, "ancestor_retain_lsn").map(Lsn::parse),
        instant(node.path("archived_at")));
  }

  private static Stream<JsonNode> elements(JsonNode node, String name) {
    var array = node.path(name);
    if (!array.isArray()) {
      throw new IllegalArgumentException("no list " + name);
    }
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** A shard names its project before the dash. */
  private static TenantId tenant(String shard) {
    var dash = shard.indexOf('-');
    return TenantId.of(dash < 0 ? shard : shard.substring(0, dash));
  }

  private static int pgVersion(JsonNode node) {
    var version = node.path("pg_version");
    if (!version.isInt()) {
      throw new IllegalArgumentException("no number pg_version");
    }
    return version.asInt();
  }

  /** A broken branch has an object with the reason where others have a word. */
  private static String state(JsonNode state) {
    if (state.isObject() && state.size() > 0) {
      return state.fieldNames().next();
    }
    return state.asText("");
  }

  private static Optional<Instant> instant(JsonNode node) {
    return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
  }

  private static String required(JsonNode node, String name) {
    return text(node, name).orElseThrow(() -> new IllegalArgumentException("no text " + name));
  }

  private static Optional<String> text(JsonNode node, String name) {
    var value = node.path(name);
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }

  static Map<String, Object> map(JsonNode node) {
    return JSON.convertValue(
        node, JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
  }
}
