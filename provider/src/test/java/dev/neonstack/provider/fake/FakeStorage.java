package dev.neonstack.provider.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.neon.Lsn;
import dev.neonstack.provider.fake.Fault.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pageserver in memory. */
public final class FakeStorage extends FakeServer {
  /** Where every root begins, and its head until it is moved. */
  public static final Lsn START = Lsn.parse("0/14D8AB0");

  private static final Pattern TENANT =
      Pattern.compile("/v1/(?:tenant|location_config)/([0-9a-f]{32})(?:/location_config)?");
  private static final Pattern LIST =
      Pattern.compile("/v1/tenant/([0-9a-f]{32})/timeline(?:_and_offloaded)?");
  private static final Pattern TIMELINE =
      Pattern.compile("/v1/tenant/([0-9a-f]{32})/timeline/([0-9a-f]{32})(?:/(\\w+))?");

  private final Map<String, Map<String, Timeline>> tenants = new LinkedHashMap<>();
  private final Map<String, String> retention = new LinkedHashMap<>();
  private String lsnKind = "present";

  /** A branch of the fake. */
  public record Timeline(
      String id,
      Optional<String> ancestor,
      Optional<Lsn> lsn,
      int pgVersion,
      Lsn head,
      boolean offloaded) {}

  /** Answers timestamps with this kind, and a position just above the start. */
  public synchronized void answerTimestamps(String kind) {
    lsnKind = kind;
  }

  /** Moves the head of a branch, as writes do. */
  public synchronized void write(String tenant, String timeline, Lsn head) {
    tenants
        .get(tenant)
        .computeIfPresent(
            timeline,
            (id, old) ->
                new Timeline(
                    id, old.ancestor(), old.lsn(), old.pgVersion(), head, old.offloaded()));
  }

  /** Makes a root that nobody asked for through the provider. */
  public synchronized void addRoot(String tenant, String timeline) {
    tenants.computeIfAbsent(tenant, id -> new LinkedHashMap<>()).put(timeline, root(timeline, 17));
  }

  private static Timeline root(String id, int pgVersion) {
    return new Timeline(id, Optional.empty(), Optional.empty(), pgVersion, START.plus(800), false);
  }

  /** Removes a branch behind everybody's back. */
  public synchronized void remove(String tenant, String timeline) {
    tenants.get(tenant).remove(timeline);
  }

  /** Removes a project behind everybody's back. */
  public synchronized void removeTenant(String tenant) {
    tenants.remove(tenant);
  }

  /** The branches of a project. */
  public synchronized List<Timeline> timelines(String tenant) {
    return List.copyOf(tenants.getOrDefault(tenant, Map.of()).values());
  }

  /** The history retention of a project, as storage was told. */
  public synchronized String retention(String tenant) {
    return retention.get(tenant);
  }

  /** The projects there are. */
  public synchronized List<String> projects() {
    return List.copyOf(tenants.keySet());
  }

  @Override
  Reply answer(Request request) {
    if (request.path().equals("/v1/tenant/config")) {
      retain(request.body().path("tenant_id").asText(), request.body());
      return ok(JsonNodeFactory.instance.nullNode());
    }
    var tenant = TENANT.matcher(request.path());
    if (tenant.matches()) {
      return tenant(request, tenant.group(1));
    }
    var list = LIST.matcher(request.path());
    if (list.matches()) {
      return inTenant(list.group(1), () -> list(request, list.group(1)));
    }
    var timeline = TIMELINE.matcher(request.path());
    return timeline.matches()
        ? inTenant(timeline.group(1), () -> timeline(request, timeline))
        : new Reply(404, message("page not found"));
  }

  private interface Answer {
    Reply get();
  }

  private Reply inTenant(String tenant, Answer answer) {
    return tenants.containsKey(tenant)
        ? answer.get()
        : new Reply(404, message("NotFound: tenant " + tenant));
  }

  private Reply tenant(Request request, String id) {
    if (request.method().equals("PUT")) {
      tenants.computeIfAbsent(id, key -> new LinkedHashMap<>());
      retain(id, request.body().path("tenant_conf"));
      return ok(JSON.createObjectNode().set("shards", JSON.createArrayNode()));
    }
    if (request.method().equals("DELETE")) {
      tenants.remove(id);
      return ok(JsonNodeFactory.instance.nullNode());
    }
    return inTenant(
        id,
        () ->
            ok(
                JSON.createObjectNode()
                    .put("mode", "AttachedSingle")
                    .put("generation", 1)
                    .set("tenant_conf", JSON.createObjectNode())));
  }

  private void retain(String tenant, JsonNode settings) {
    retention.put(tenant, settings.path("pitr_interval").asText());
  }

  private Reply list(Request request, String tenant) {
    if (request.method().equals("POST")) {
      return create(request, tenant);
    }
    var answer = JSON.createObjectNode();
    var plain = answer.putArray("timelines");
    var offloaded = answer.putArray("offloaded");
    for (var timeline : tenants.get(tenant).values()) {
      if (timeline.offloaded()) {
        var one = offloaded.addObject().put("timeline_id", timeline.id());
        timeline.ancestor().ifPresent(id -> one.put("ancestor_timeline_id", id));
        timeline.lsn().ifPresent(lsn -> one.put("ancestor_retain_lsn", lsn.toString()));
      } else {
        plain.add(json(tenant, timeline));
      }
    }
    return ok(answer);
  }

  private Reply create(Request request, String tenant) {
    var wanted = wanted(request);
    var branches = tenants.get(tenant);
    var ancestor = wanted.ancestor().map(branches::get);
    if (wanted.ancestor().isPresent() && ancestor.isEmpty()) {
      return new Reply(
          500, message("Cannot branch off the timeline that's not present in pageserver"));
    }
    if (ancestor.isPresent() && wanted.lsn().get().isAfter(ancestor.get().head())) {
      return new Reply(406, message("Timed out while waiting for WAL record"));
    }
    var old = branches.get(wanted.id());
    if (old != null && !same(old, wanted)) {
      return new Reply(409, message("timeline already exists with different parameters"));
    }
    branches.putIfAbsent(wanted.id(), wanted);
    return new Reply(201, json(tenant, branches.get(wanted.id())));
  }

  private Timeline wanted(Request request) {
    var id = request.body().path("new_timeline_id").asText();
    var ancestor = Optional.ofNullable(request.body().path("ancestor_timeline_id").textValue());
    if (ancestor.isEmpty() || request.fault().equals(Optional.of(Kind.SILENT_ROOT))) {
      return root(id, request.body().path("pg_version").asInt(17));
    }
    var asked = Lsn.parse(request.body().path("ancestor_start_lsn").asText());
    var wrong = request.fault().equals(Optional.of(Kind.WRONG_LSN));
    var lsn = wrong ? new Lsn(asked.value() - 8) : asked;
    return new Timeline(id, ancestor, Optional.of(lsn), 17, lsn.plus(80), false);
  }

  private static boolean same(Timeline one, Timeline other) {
    return one.ancestor().equals(other.ancestor())
        && one.lsn().equals(other.lsn())
        && (one.ancestor().isPresent() || one.pgVersion() == other.pgVersion());
  }

  private Reply timeline(Request request, Matcher path) {
    var tenant = path.group(1);
    var timeline = tenants.get(tenant).get(path.group(2));
    if (timeline == null || (timeline.offloaded() && request.method().equals("GET"))) {
      return new Reply(404, message("NotFound: Timeline " + path.group(2) + " was not found"));
    }
    return switch (Optional.ofNullable(path.group(3)).orElse("")) {
      case "archival_config" -> archive(request, tenant, timeline);
      case "get_lsn_by_timestamp" ->
          ok(JSON.createObjectNode().put("lsn", START.plus(80).toString()).put("kind", lsnKind));
      default ->
          request.method().equals("DELETE") ? delete(tenant, timeline) : ok(json(tenant, timeline));
    };
  }

  private Reply archive(Request request, String tenant, Timeline old) {
    var archived = request.body().path("state").asText().equals("Archived");
    tenants
        .get(tenant)
        .put(
            old.id(),
            new Timeline(
                old.id(), old.ancestor(), old.lsn(), old.pgVersion(), old.head(), archived));
    return ok(JsonNodeFactory.instance.nullNode());
  }

  private Reply delete(String tenant, Timeline timeline) {
    var branches = tenants.get(tenant);
    if (branches.values().stream()
        .anyMatch(one -> one.ancestor().equals(Optional.of(timeline.id())))) {
      return new Reply(412, message("Cannot delete timeline which has child timelines"));
    }
    branches.remove(timeline.id());
    return new Reply(202, JsonNodeFactory.instance.nullNode());
  }

  private static Reply ok(JsonNode body) {
    return new Reply(200, body);
  }

  private static JsonNode json(String tenant, Timeline timeline) {
    var json =
        JSON.createObjectNode()
            .put("tenant_id", tenant)
            .put("timeline_id", timeline.id())
            .put("last_record_lsn", timeline.head().toString())
            .put("min_readable_lsn", START.toString())
            .put("initdb_lsn", START.toString())
            .put("pg_version", timeline.pgVersion())
            .put("state", "Active");
    timeline.ancestor().ifPresent(id -> json.put("ancestor_timeline_id", id));
    timeline.lsn().ifPresent(lsn -> json.put("ancestor_lsn", lsn.toString()));
    return json;
  }
}
