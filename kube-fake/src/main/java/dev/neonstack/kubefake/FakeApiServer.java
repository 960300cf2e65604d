package dev.neonstack.kubefake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * Answers GET of objects and lists by label, asks for a token, and forwards ports of pods to ports
 * of this machine as kubelets do. It knows only what it was given.
 */
public final class FakeApiServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocket listener;
  private final boolean tls;
  private final Map<String, JsonNode> objects = new ConcurrentHashMap<>();
  private final Map<String, Integer> backends = new ConcurrentHashMap<>();
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Open> open = new CopyOnWriteArrayList<>();
  private volatile Optional<String> token = Optional.empty();

  private record Open(String pod, Socket socket) {}

  /** A server without TLS. */
  public FakeApiServer() {
    this(ServerSocketFactory.getDefault(), false);
  }

  /** A server whose sockets this factory makes, such as one for TLS. */
  public FakeApiServer(ServerSocketFactory sockets, boolean tls) {
    this.tls = tls;
    try {
      listener = sockets.createServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Threads.daemon(this::accept);
  }

  /** Its URL. */
  public String url() {
    return (tls ? "https" : "http") + "://127.0.0.1:" + listener.getLocalPort();
  }

  /** A kubeconfig with the context {@code fake} and what is given of its cluster and its user. */
  public String kubeconfig(String cluster, String user) {
    return """
        apiVersion: v1
        kind: Config
        current-context: fake
        contexts: [{name: fake, context: {cluster: c, user: u, namespace: neon}}]
        clusters: [{name: c, cluster: {server: "%s"%s}}]
        users: [{name: u, user: {%s}}]
        """
        .formatted(url(), cluster.isEmpty() ? "" : ", " + cluster, user);
  }

  /** Refuses every request without this token from now on. */
  public void requireToken(String wanted) {
    token = Optional.of(wanted);
  }

  /** Answers 403 to paths that match. */
  public void forbid(String pattern) {
    refuse(pattern, 403);
  }

  /** Answers paths that match with this status. */
  public void refuse(String pattern, int status) {
    refusals.put(pattern, status);
  }

  /** Adds or replaces an object at the path of its collection. */
  public ObjectNode put(String collection, String json) {
    try {
      var object = (ObjectNode) JSON.readTree(json);
      var name = object.path("metadata").path("name").asText();
      objects.put(collection + "/" + name, object);
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes an object away; its port-forwards break. */
  public void remove(String collection, String name) {
    objects.remove(collection + "/" + name);
    open.stream().filter(one -> one.pod().equals(name)).forEach(one -> Threads.close(one.socket()));
  }

  /** What listens at a port of a pod: a port of this machine. */
  public void backend(String pod, int port, int localPort) {
    backends.put(pod + ":" + port, localPort);
  }

  /** Paths asked for so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        Threads.daemon(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var http = new Http(socket);
      for (var request = http.read(); request.isPresent(); request = http.read()) {
        if (!answer(http, request.get())) {
          return;
        }
      }
    } catch (IOException e) {
      // The other side has gone, as it may.
      return;
    }
  }

  /** Whether the connection goes on. */
  private boolean answer(Http http, Http.Request request) throws IOException {
    requests.add(request.path());
    var said = request.headers().get("authorization");
    if (token.isPresent() && !("Bearer " + token.get()).equals(said)) {
      return http.send(401, status(401));
    }
    for (var refusal : refusals.entrySet()) {
      if (request.path().matches(refusal.getKey())) {
        return http.send(refusal.getValue(), status(refusal.getValue()));
      }
    }
    if (request.path().endsWith("/portforward")) {
      forward(http, request);
      return false;
    }
    return find(request)
        .map(found -> http.sendUnchecked(200, found))
        .orElseGet(() -> http.sendUnchecked(404, status(404)));
  }

  private static JsonNode status(int code) {
    return JSON.createObjectNode().put("kind", "Status").put("code", code);
  }

  private Optional<JsonNode> find(Http.Request request) {
    var object = objects.get(request.path());
    if (object != null || !request.path().matches(".*/[a-z]+s")) {
      return Optional.ofNullable(object);
    }
    var wanted = selector(request.query("labelSelector").orElse(""));
    var list = JSON.createObjectNode();
    var items = list.putArray("items");
    objects.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(request.path() + "/"))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .filter(one -> has(one.path("metadata").path("labels"), wanted))
        .forEach(items::add);
    return Optional.of(list);
  }

  private static List<String> selector(String text) {
    var decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
    return decoded.isEmpty() ? List.of() : Arrays.asList(decoded.split(",", -1));
  }

  private static boolean has(JsonNode labels, List<String> wanted) {
    return wanted.stream()
        .map(pair -> pair.split("=", 2))
        .allMatch(pair -> labels.path(pair[0]).asText().equals(pair[1]));
  }

  private void forward(Http http, Http.Request request) throws IOException {
    var parts = request.path().split("/", -1);
    var pod = parts[parts.length - 2];
    var port = Integer.parseInt(request.query("ports").orElse("0"));
    if (find(new Http.Request(request.path().replace("/portforward", ""), "", Map.of()))
        .isEmpty()) {
      http.send(404, status(404));
      return;
    }
    var frames = http.upgrade(request);
    var one = new Open(pod, http.socket());
    open.add(one);
    try {
      new ForwardedPort(frames, pod, port)
          .carry(Optional.ofNullable(backends.get(pod + ":" + port)));
    } finally {
      open.remove(one);
    }
  }

  @Override
  public void close() {
    Threads.close(listener);
    open.forEach(one -> Threads.close(one.socket()));
  }
}
