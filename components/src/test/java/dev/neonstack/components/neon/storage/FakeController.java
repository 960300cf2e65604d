package dev.neonstack.components.neon.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The part of the storage controller that our scripts talk to, with its scopes, and a safekeeper's
 * status beside it.
 */
final class FakeController implements AutoCloseable {
  static final String INFRA = "token of scope infra";
  static final String ADMIN = "token of scope admin";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Map<Integer, ObjectNode> safekeepers = new ConcurrentHashMap<>();
  private final Deque<String> policies = new ArrayDeque<>();
  private volatile int answeredId;

  FakeController() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<String> seen() {
    return List.copyOf(seen);
  }

  /** What the node says of its policy, one answer after the other. */
  void nodeAnswers(String... answers) {
    policies.addAll(List.of(answers));
  }

  /** The id every safekeeper says it has, whatever it is asked as. */
  void safekeepersAnswer(int id) {
    answeredId = id;
  }

  String safekeeper(int id) {
    var found = safekeepers.get(id);
    return found == null ? "" : found.toString();
  }

  void forget(int id) {
    safekeepers.remove(id);
  }

  void pause(int id) {
    safekeepers.get(id).put("scheduling_policy", "Pause");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    seen.add(exchange.getRequestMethod() + " " + path);
    var body = exchange.getRequestBody().readAllBytes();
    var answer = answer(exchange, path, body).getBytes(StandardCharsets.UTF_8);
    var status = answer.length == 0 ? 404 : answer[0] == '!' ? 403 : 200;
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    if (answer.length > 0) {
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }

  private String answer(HttpExchange exchange, String path, byte[] body) throws IOException {
    if (path.equals("/v1/status")) {
      var asked =
          exchange.getRequestHeaders().getFirst("Host").replaceAll(".*safekeeper-(\\d+).*", "$1");
      return "{\"id\": %d}".formatted(answeredId > 0 ? answeredId : Integer.parseInt(asked) + 1);
    }
    var bearer = exchange.getRequestHeaders().getFirst("Authorization");
    var needed = path.endsWith("/scheduling_policy") ? ADMIN : INFRA;
    if (!("Bearer " + needed).equals(bearer)) {
      return "!forbidden";
    }
    if (path.startsWith("/control/v1/node/")) {
      return path.endsWith("/drain")
          ? "null"
          : "{\"scheduling\":\"%s\"}".formatted(policies.remove());
    }
    var id = Integer.parseInt(path.replaceAll("/control/v1/safekeeper/(\\d+).*", "$1"));
    if (exchange.getRequestMethod().equals("GET")) {
      return safekeeper(id);
    }
    var sent = (ObjectNode) json.readTree(body);
    if (path.endsWith("/scheduling_policy")) {
      safekeepers.get(id).setAll(sent);
    } else {
      safekeepers.put(id, sent.put("scheduling_policy", "Activating"));
    }
    return "null";
  }
}
