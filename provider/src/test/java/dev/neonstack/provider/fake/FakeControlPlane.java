package dev.neonstack.provider.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control plane in memory: it starts no server, but knows what there would be. */
public final class FakeControlPlane extends FakeServer {
  private static final String PROJECT = "/neonstack/v1/projects/([0-9a-f]{32})";
  private static final Pattern PROJECTS = Pattern.compile("/neonstack/v1/projects");
  private static final Pattern ONE_PROJECT = Pattern.compile(PROJECT);
  private static final Pattern BRANCHES = Pattern.compile(PROJECT + "/branches");
  private static final Pattern BRANCH = Pattern.compile(PROJECT + "/branches/([0-9a-f]{32})");
  private static final Pattern REMOVAL =
      Pattern.compile(PROJECT + "/branches/([0-9a-f]{32})/removal");
  private static final Pattern ENDPOINTS =
      Pattern.compile("/api/v2/projects/([0-9a-f]{32})/endpoints");
  private static final Pattern ENDPOINT_CHECK =
      Pattern.compile("/neonstack/v1/projects/([0-9a-f]{32})/endpoints/check");
  private static final Pattern ENDPOINT =
      Pattern.compile("/api/v2/projects/([0-9a-f]{32})/endpoints/([^/]+)(/start)?");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:/neonstack/v1|/api/v2)/projects/([0-9a-f]{32})/branches/([0-9a-f]{32})"
              + "/(roles|databases)/([^/]+)");
  private static final Pattern URI =
      Pattern.compile("/api/v2/projects/([0-9a-f]{32})/connection_uri");

  private final Map<String, ObjectNode> projects = new LinkedHashMap<>();
  private final Map<String, ObjectNode> branches = new LinkedHashMap<>();
  private final Map<String, ObjectNode> endpoints = new LinkedHashMap<>();
  private final Map<String, ObjectNode> named = new LinkedHashMap<>();
  private int drawn;

  /** The branches that are registered. */
  public synchronized List<ObjectNode> branches() {
    return List.copyOf(branches.values());
  }

  /** The projects that are registered. */
  public synchronized List<ObjectNode> projects() {
    return List.copyOf(projects.values());
  }

  /** The endpoints there are. */
  public synchronized List<ObjectNode> endpoints() {
    return List.copyOf(endpoints.values());
  }

  /** Removes an endpoint behind everybody's back. */
  public synchronized void removeEndpoint(String id) {
    endpoints.remove(id);
  }

  /** Changes something of a branch behind everybody's back. */
  public synchronized ObjectNode branch(String id) {
    return branches.get(id);
  }

  /** Knows the branch no more. */
  public synchronized void forget(String id) {
    branches.remove(id);
  }

  @Override
  Reply answer(Request request) {
    var path = request.path();
    if (PROJECTS.matcher(path).matches()) {
      return ok("projects", owned(projects, request, json -> true));
    }
    return match(ONE_PROJECT, path, m -> one(request, "project", projects, m.group(1), m.group(1)))
        .or(
            () ->
                match(BRANCHES, path, m -> inProject(m.group(1), () -> list(request, m.group(1)))))
        .or(() -> match(BRANCH, path, m -> inProject(m.group(1), () -> branch(request, m))))
        .or(() -> match(REMOVAL, path, m -> inProject(m.group(1), () -> removal(m.group(2)))))
        .or(() -> match(ENDPOINTS, path, m -> endpoints(request)))
        .or(() -> match(ENDPOINT_CHECK, path, m -> checked(request)))
        .or(() -> match(ENDPOINT, path, m -> endpoint(request, m.group(2))))
        .or(() -> match(NAMED, path, m -> named(request, m)))
        .or(() -> match(URI, path, m -> uri(request)))
        .orElse(new Reply(404, JSON.createObjectNode()));
  }

  private interface Route {
    Reply answer(Matcher match);
  }

  private interface Answer {
    Reply get();
  }

  private static Optional<Reply> match(Pattern pattern, String path, Route route) {
    var matcher = pattern.matcher(path);
    return matcher.matches() ? Optional.of(route.answer(matcher)) : Optional.empty();
  }

  private Reply inProject(String id, Answer answer) {
    return projects.containsKey(id) ? answer.get() : missing("project " + id);
  }

  private Reply list(Request request, String project) {
    return ok(
        "branches",
        owned(branches, request, json -> json.path("project_id").asText().equals(project)));
  }

  private static JsonNode owned(
      Map<String, ObjectNode> all, Request request, Predicate<JsonNode> filter) {
    var list = JSON.createArrayNode();
    var owner = request.query("owner");
    all.values().stream()
        .filter(filter)
        .filter(one -> owner.isEmpty() || owner.get().equals(one.path("owner").asText()))
        .forEach(list::add);
    return list;
  }

  private Reply branch(Request request, Matcher path) {
    var taken =
        branches.values().stream()
            .filter(one -> !one.path("id").asText().equals(path.group(2)))
            .filter(one -> one.path("name").equals(request.body().path("name")))
            .anyMatch(one -> !one.path("owner").equals(request.body().path("owner")));
    if (request.method().equals("PUT") && taken) {
      return new Reply(409, message("there is a branch of that name"));
    }
    if (request.method().equals("DELETE")) {
      endpoints.values().removeIf(one -> one.path("branch_id").asText().equals(path.group(2)));
    }
    return one(request, "branch", branches, path.group(2), path.group(1));
  }

  private Reply removal(String id) {
    if (!branches.containsKey(id)) {
      return missing("branch " + id);
    }
    endpoints.values().removeIf(one -> one.path("branch_id").asText().equals(id));
    return ok("branch", branches.get(id).put("leaving", true));
  }

  private static Reply one(
      Request request, String key, Map<String, ObjectNode> all, String id, String project) {
    switch (request.method()) {
      case "PUT" -> {
        var old = all.get(id);
        var now = ((ObjectNode) request.body()).deepCopy().put("id", id).put("project_id", project);
        now.put(
            "created_at", old == null ? "2026-11-23T09:00:00Z" : old.path("created_at").asText());
        all.put(id, now);
        return ok(key, now);
      }
      case "DELETE" -> {
        all.remove(id);
        return ok(key, JSON.createObjectNode());
      }
      default -> {
        return all.containsKey(id) ? ok(key, all.get(id)) : missing(key + " " + id);
      }
    }
  }

  private Reply endpoints(Request request) {
    if (request.method().equals("GET")) {
      return ok("endpoints", JSON.valueToTree(endpoints.values()));
    }
    var wanted = (ObjectNode) request.body().path("endpoint");
    var conflict =
        endpoints.values().stream()
            .filter(one -> one.path("branch_id").equals(wanted.path("branch_id")))
            .anyMatch(one -> one.path("type").asText().equals("read_write"));
    if (conflict && wanted.path("type").asText().equals("read_write")) {
      return new Reply(409, message("the branch has a read-write endpoint"));
    }
    var id = String.format("ep-quiet-river-%08d", ++drawn);
    var made = wanted.deepCopy().put("id", id).put("host", "127.0.0.1").put("port", 55432 + drawn);
    made.put("current_state", "active");
    if (!made.has("autoscaling_limit_min_cu")) {
      made.put("autoscaling_limit_min_cu", 0.25).put("autoscaling_limit_max_cu", 0.25);
    }
    endpoints.put(id, made);
    return ok("endpoint", made);
  }

  /** It has no pooler, as `local` has none. */
  private static Reply checked(Request request) {
    var wanted = request.body().path("endpoint");
    if (wanted.has("branch_id")) {
      return new Reply(400, message("unknown field endpoint.branch_id"));
    }
    return wanted.path("pooler_enabled").asBoolean()
        ? new Reply(422, message("a connection pooler is not available on this runtime"))
        : new Reply(200, JSON.createObjectNode());
  }

  private Reply endpoint(Request request, String id) {
    if (!endpoints.containsKey(id)) {
      return missing("endpoint " + id);
    }
    if (request.method().equals("DELETE")) {
      return ok("endpoint", endpoints.remove(id));
    }
    if (request.method().equals("PATCH")) {
      endpoints.get(id).setAll((ObjectNode) request.body().path("endpoint"));
    }
    return ok("endpoint", endpoints.get(id));
  }

  private Reply named(Request request, Matcher path) {
    var key = path.group(2) + "/" + path.group(3) + "/" + path.group(4);
    var kind = path.group(3).substring(0, path.group(3).length() - 1);
    if (!branches.containsKey(path.group(2))) {
      return missing("branch " + path.group(2));
    }
    switch (request.method()) {
      case "PUT" -> {
        var now =
            named.computeIfAbsent(
                key, k -> JSON.createObjectNode().put("password", "drawn-secret"));
        now.put("name", path.group(4)).setAll((ObjectNode) request.body());
        return ok(kind, now);
      }
      case "PATCH" -> {
        return renamed(request, kind, key);
      }
      case "DELETE" -> {
        return named.remove(key) == null ? missing(kind) : ok(kind, JSON.createObjectNode());
      }
      default -> {
        if (!named.containsKey(key)) {
          return missing(kind);
        }
        return ok(kind, named.get(key));
      }
    }
  }

  private Reply renamed(Request request, String kind, String key) {
    var name = request.body().path("name").asText();
    var newKey = key.substring(0, key.lastIndexOf('/') + 1) + name;
    if (named.containsKey(newKey)) {
      return new Reply(409, message("there is a " + kind + " of that name"));
    }
    var found = named.remove(key);
    if (found == null) {
      return missing(kind);
    }
    named.put(newKey, found.put("name", name));
    return ok(kind, found);
  }

  private static Reply uri(Request request) {
    var uri =
        "postgresql://"
            + request.query("role_name").orElse("")
            + ":drawn-secret@127.0.0.1/"
            + request.query("database_name").orElse("");
    return new Reply(200, JSON.createObjectNode().put("uri", uri));
  }

  private static Reply missing(String what) {
    return new Reply(404, message(what + " not found"));
  }

  private static Reply ok(String key, JsonNode body) {
    return new Reply(200, JSON.createObjectNode().set(key, body));
  }
}
