package dev.neonstack.it.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.neonstack.it.kube.ControllerDialect.Reply;
import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.TokenCheck;
import dev.neonstack.neon.storage.StorageOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays Neon's storage in the pods of the test cluster, in which nothing runs: the HTTP of storage
 * controller, pageservers and safekeepers, with their rules for tokens. They take the public keys
 * that the stack made. Projects and branches are an emulator's, and the control plane is the real
 * server. Who has a pod counts as registered unless it is forgotten, which no server here decides;
 * calls to the object store are made up.
 */
public final class StorageFront implements AutoCloseable {
  static final String OPERATOR = "storage-operator-tokens";
  private static final int OK = 200;
  private static final int NO_TOKEN = 401;
  private static final int WRONG_TOKEN = 403;
  private static final int NOT_FOUND = 404;
  private static final String BEARER = "Bearer ";
  private static final Set<String> OPEN =
      Set.of("/ready", "/live", "/status", "/v1/status", "/metrics");
  private static final String METRICS =
      "remote_storage_s3_request_seconds_count{request_type=\"put_object\",result=\"ok\"} 7\n";

  private final KubeServer kube;
  private final ControllerDialect controller;
  private final ControlPlanePod controlPlane;
  private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

  private StorageFront(KubeServer kube, StorageOptions emulator) {
    this.kube = kube;
    this.controller = new ControllerDialect(emulator);
    this.controlPlane = new ControlPlanePod(kube);
  }

  /** Plays in front of an emulator until it is closed. */
  public static StorageFront of(KubeServer kube, StorageOptions emulator) {
    var front = new StorageFront(kube, emulator);
    var pods = kube.pods();
    pods.play(PodServers.CONTROLLER, front.part("storage-controller-tokens", front::controller));
    pods.play(PodServers.PAGESERVER, front.part("storage-public-keys", front::pageserver));
    pods.play(PodServers.SAFEKEEPER, front.part("storage-public-keys", front::safekeeper));
    for (var port : List.of(PodServers.CONTROL_PLANE_API, PodServers.CONTROL_PLANE)) {
      pods.play(port, exchange -> front.controlPlane.answer(port, exchange));
    }
    return front;
  }

  /** What the control plane has said. */
  String controlPlaneLog() {
    return controlPlane.log();
  }

  /** From now on this pod is not registered. */
  void forget(String pod) {
    forgotten.add(pod);
  }

  /** From now on every pod is registered. */
  void remember() {
    forgotten.clear();
  }

  @Override
  public void close() {
    kube.pods().rest();
    controlPlane.close();
  }

  /** A request, with the scope of its token. */
  private record Request(String method, String path, String query, String body, String scope) {}

  @FunctionalInterface
  private interface Part {
    Reply answer(Request request);
  }

  private HttpHandler part(String keys, Part part) {
    return exchange -> {
      try (exchange) {
        send(exchange, answer(exchange, keys, part));
      }
    };
  }

  private Reply answer(HttpExchange exchange, String keys, Part part) throws IOException {
    var url = exchange.getRequestURI();
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (OPEN.contains(url.getPath())) {
      return new Reply(OK, url.getPath().equals("/metrics") ? METRICS : "null");
    }
    var header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null) {
      return Reply.error(NO_TOKEN, "Unauthorized: missing authorization header");
    }
    if (!header.startsWith(BEARER)) {
      return Reply.error(NO_TOKEN, "Unauthorized: malformed authorization header");
    }
    var scope = scope(keys, header.substring(BEARER.length()));
    if (scope.isEmpty()) {
      return refused();
    }
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return part.answer(
        new Request(exchange.getRequestMethod(), url.getPath(), query, body, scope.get()));
  }

  private static Reply refused() {
    return Reply.error(WRONG_TOKEN, "Forbidden: JWT authentication error");
  }

  private Optional<String> scope(String keys, String token) {
    var secret = kube.api().get(Ref.of("v1", "Secret", "neon", keys)).orElseThrow();
    var accepted = new ArrayList<PublicPem>();
    for (var entry : secret.path("data")) {
      var text = new String(Base64.getDecoder().decode(entry.asText()), UTF_8);
      if (text.contains("PUBLIC KEY")) {
        accepted.add(PublicPem.parse(text));
      }
    }
    return new TokenCheck(accepted).claims(token).map(claims -> claims.path("scope").asText());
  }

  private Reply controller(Request request) {
    var path = request.path();
    if (path.startsWith("/v1/tenant/")) {
      return Set.of("pageserverapi", "admin").contains(request.scope())
          ? controller.answer(request.method(), path, request.query(), request.body())
          : refused();
    }
    return switch (path) {
      case "/control/v1/node" ->
          Set.of("admin", "infra").contains(request.scope())
              ? registered("pageserver", "availability")
              : refused();
      case "/control/v1/safekeeper" ->
          Set.of("admin", "infra").contains(request.scope())
              ? registered("safekeeper", "scheduling_policy")
              : refused();
      case "/control/v1/tenant" ->
          request.scope().equals("admin") ? new Reply(OK, "[]") : refused();
      default -> new Reply(NOT_FOUND, "Not Found");
    };
  }

  private Reply registered(String component, String state) {
    var all = new ObjectMapper().createArrayNode();
    for (var pod : pods(component)) {
      var ordinal = Integer.parseInt(pod.substring(pod.lastIndexOf('-') + 1));
      if (!forgotten.contains(pod)) {
        all.addObject().put("id", ordinal + 1).put(state, "Active");
      }
    }
    return new Reply(OK, all.toString());
  }

  private List<String> pods(String component) {
    return kube.api().list("v1", "Pod", Optional.of("neon")).stream()
        .map(pod -> pod.path("metadata"))
        .filter(metadata -> component(metadata).equals(component))
        .map(metadata -> metadata.path("name").asText())
        .toList();
  }

  private static String component(JsonNode metadata) {
    return metadata.path("labels").path("app.kubernetes.io/component").asText();
  }

  private Reply pageserver(Request request) {
    return request.scope().equals("pageserverapi")
        ? controller.asked(request.method(), request.path(), request.query(), request.body())
        : refused();
  }

  private Reply safekeeper(Request request) {
    if (!request.scope().equals("safekeeperdata")) {
      return refused();
    }
    return request.path().equals("/v1/tenant/timeline")
        ? new Reply(OK, "[]")
        : Reply.error(NOT_FOUND, "NotFound: no such path");
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    var bytes = reply.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
