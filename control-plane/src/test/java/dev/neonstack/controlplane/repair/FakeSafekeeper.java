package dev.neonstack.controlplane.repair;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.HeldLog;
import dev.neonstack.neon.storage.SafekeeperClient;
import dev.neonstack.neon.storage.StorageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A safekeeper's HTTP with a token, as it was recorded; it copies what another one is said to hold.
 */
final class FakeSafekeeper implements AutoCloseable {
  static final String TOKEN = "token-of-safekeepers";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it holds, with what it says of the members. */
  final Map<HeldLog, JsonNode> held = new ConcurrentHashMap<>();

  final List<JsonNode> pulls = new CopyOnWriteArrayList<>();
  volatile int pullStatus = 200;
  private final HttpServer server;

  /** Listens on an address of its own, by which members are known. */
  FakeSafekeeper(String host) {
    try {
      server = HttpServer.create(new InetSocketAddress(host, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create(
        "http://%s:%d"
            .formatted(server.getAddress().getHostString(), server.getAddress().getPort()));
  }

  SafekeeperClient client() {
    return new SafekeeperClient(
        new StorageOptions(url(), Dialect.PAGESERVER, Optional.of(TOKEN), Optional.empty()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var path = exchange.getRequestURI().getPath();
      var header = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + TOKEN).equals(header)) {
        send(exchange, 403, "{\"msg\":\"Forbidden: JWT authentication error\"}");
      } else if (path.equals("/v1/tenant/timeline")) {
        send(exchange, 200, list());
      } else if (path.equals("/v1/pull_timeline")) {
        pull(exchange, JSON.readTree(body));
      } else {
        status(exchange, path);
      }
    }
  }

  private String list() {
    var list = JSON.createArrayNode();
    held.keySet()
        .forEach(
            log ->
                list.addObject()
                    .put("tenant_id", log.project().value())
                    .put("timeline_id", log.branch().value()));
    return list.toString();
  }

  private void status(HttpExchange exchange, String path) throws IOException {
    for (var log : held.keySet()) {
      if (path.equals("/v1/tenant/%s/timeline/%s".formatted(log.project(), log.branch()))) {
        var status = JSON.createObjectNode().set("mconf", held.get(log));
        send(exchange, 200, status.toString());
        return;
      }
    }
    send(exchange, 404, "{\"msg\":\"NotFound: timeline not found\"}");
  }

  private void pull(HttpExchange exchange, JsonNode wanted) throws IOException {
    pulls.add(wanted);
    if (pullStatus == 200) {
      var log =
          new HeldLog(
              TenantId.of(wanted.path("tenant_id").asText()),
              TimelineId.of(wanted.path("timeline_id").asText()));
      held.put(log, wanted.path("mconf"));
    }
    send(exchange, pullStatus, pullStatus == 200 ? "{}" : "{\"msg\":\"no room\"}");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
