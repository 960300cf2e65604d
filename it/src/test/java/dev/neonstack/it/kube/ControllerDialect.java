package dev.neonstack.it.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.harness.Wait;
import dev.neonstack.neon.storage.StorageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/**
 * Answers as the storage controller does, from what a pageserver says: errors are wrapped into 409,
 * a deletion is over when it is answered, and a new branch names its safekeepers.
 */
final class ControllerDialect {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION = 412;
  private static final int INTERNAL = 500;
  private static final int UNAVAILABLE = 503;
  private static final String TIMELINE = "/v1/tenant/[^/]+/timeline/[^/]+";
  private static final String TENANT = "/v1/tenant/[^/]+";
  private static final String NODE = "1 (127.0.0.1)";
  private static final Map<Integer, String> REASONS =
      Map.of(
          406, "Not Acceptable",
          409, "Conflict",
          412, "Precondition Failed",
          429, "Too Many Requests",
          500, "Internal Server Error");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StorageOptions pageserver;
  private final HttpClient http = HttpClient.newHttpClient();

  ControllerDialect(StorageOptions pageserver) {
    this.pageserver = pageserver;
  }

  /** An answer of storage. */
  record Reply(int status, String body) {
    static Reply error(int status, String message) {
      return new Reply(status, JSON.createObjectNode().put("msg", message).toString());
    }

    private String message() {
      return json(body).path("msg").asText();
    }
  }

  /** What the storage controller answers. */
  Reply answer(String method, String path, String query, String body) {
    if (method.equals("DELETE") && path.matches(TIMELINE)) {
      return deletedTimeline(path);
    }
    if (method.equals("DELETE") && path.matches(TENANT)) {
      return has(path) ? asked(method, path, query, body) : noTenant();
    }
    var reply = asked(method, path, query, body);
    if (method.equals("GET") || reply.status() < BAD_REQUEST) {
      return reply.status() == CREATED ? withSafekeepers(reply) : reply;
    }
    return wrapped(reply);
  }

  private static Reply noTenant() {
    return Reply.error(NOT_FOUND, "NotFound: Tenant not found");
  }

  private boolean has(String path) {
    return asked("GET", path, "", "").status() == OK;
  }

  private Reply deletedTimeline(String path) {
    if (!has(path.substring(0, path.indexOf("/timeline")))) {
      return noTenant();
    }
    var reply = asked("DELETE", path, "", "");
    if (reply.status() == PRECONDITION) {
      return Reply.error(
          INTERNAL,
          "Error deleting timeline on node %s: pageserver API: %s"
              .formatted(NODE, reply.message()));
    }
    Wait.until("a timeline is gone", () -> !has(path));
    return new Reply(OK, "null");
  }

  private static Reply withSafekeepers(Reply reply) {
    var timeline = (ObjectNode) json(reply.body());
    var set = timeline.putObject("safekeepers");
    set.set("tenant_id", timeline.get("tenant_id"));
    set.set("timeline_id", timeline.get("timeline_id"));
    var safekeepers = set.put("generation", 1).putArray("safekeepers");
    for (var id = 1; id <= 3; id++) {
      safekeepers.addObject().put("id", id).put("hostname", "safekeeper-" + (id - 1));
    }
    return new Reply(CREATED, timeline.toString());
  }

  private static Reply wrapped(Reply reply) {
    return switch (reply.status()) {
      case BAD_REQUEST, PRECONDITION, UNAVAILABLE -> reply;
      case NOT_FOUND -> Reply.error(NOT_FOUND, "NotFound: %s: %s".formatted(NODE, reply.message()));
      default -> {
        var status = reply.status() + " " + REASONS.getOrDefault(reply.status(), "");
        yield Reply.error(
            CONFLICT, "Conflict: %s %s: %s %s".formatted(NODE, status, status, reply.message()));
      }
    };
  }

  /** What the pageserver answers. */
  Reply asked(String method, String path, String query, String body) {
    var request =
        HttpRequest.newBuilder(pageserver.url().resolve(path + query))
            .header("Authorization", "Bearer " + pageserver.token().orElseThrow())
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + path, e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + text, e);
    }
  }
}
