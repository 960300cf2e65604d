package dev.neonstack.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.neonstack.kubefake.FakeApiServer;
import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.neon.auth.SigningKeyPair;
import dev.neonstack.neon.auth.TokenCheck;
import dev.neonstack.neon.auth.TokenClaims;
import dev.neonstack.neon.auth.TokenSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Neon's servers with their rules for tokens, as pods of a fake cluster. */
final class FakeNeon implements AutoCloseable {
  static final String PODS = "/api/v1/namespaces/neon/pods";
  private static final Map<String, Scope> TAKEN =
      Map.of(
          "storage-controller", Scope.ADMIN,
          "pageserver", Scope.PAGESERVERAPI,
          "safekeeper", Scope.SAFEKEEPERDATA);
  private static final Map<String, Integer> PORTS =
      Map.of("storage-controller", 50051, "pageserver", 9898, "safekeeper", 7676);

  final FakeApiServer api = new FakeApiServer();
  final List<String> requests = new CopyOnWriteArrayList<>();
  volatile boolean asksForTokens = true;
  volatile int activeSafekeepers = 3;
  volatile String calls = "ok";
  volatile String projects = "[]";
  private final SigningKeyPair key = SigningKeyPair.draw();
  private final TokenCheck accepted =
      new TokenCheck(List.of(PublicPem.parse(key.publicKey().text())));
  private final List<HttpServer> servers = new ArrayList<>();

  FakeNeon() {
    api.put(
        "/api/v1/namespaces/neon/services",
        """
        {"metadata": {"name": "storage-controller"},
         "spec": {"selector": {"app.kubernetes.io/component": "storage-controller"},
                  "ports": [{"port": 50051, "targetPort": 50051}]}}
        """);
    pod("storage-broker-x", "storage-broker", true);
    pod("control-plane-x", "control-plane", true);
    serve("storage-controller-x", "storage-controller");
    for (var number = 0; number < 2; number++) {
      serve("pageserver-" + number, "pageserver");
    }
    for (var number = 0; number < 3; number++) {
      serve("safekeeper-" + number, "safekeeper");
    }
    secret(token(Scope.PAGESERVERAPI));
  }

  /** The operator's Secret, with this token for pageservers, in base64. */
  void secret(String pageserver) {
    api.put(
        "/api/v1/namespaces/neon/secrets",
        """
        {"metadata": {"name": "storage-operator-tokens"},
         "data": {"admin": "%s", "pageserver": "%s", "safekeeper": "%s"}}
        """
            .formatted(token(Scope.ADMIN), pageserver, token(Scope.SAFEKEEPERDATA)));
  }

  private String token(Scope scope) {
    var jwt =
        TokenSigner.of(key.privateKey(), Optional.empty()).sign(TokenClaims.of(scope, "operator"));
    return Base64.getEncoder().encodeToString(jwt.getBytes(StandardCharsets.UTF_8));
  }

  void pod(String name, String component, boolean ready) {
    api.put(
        PODS,
        """
        {"metadata": {"name": "%s", "labels": {"app.kubernetes.io/part-of": "neonstack",
                      "app.kubernetes.io/component": "%s"}},
         "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "%s"}]%s}}
        """
            .formatted(name, component, ready ? "True" : "False", ready ? "" : CRASHING));
  }

  /** A proxy with this certificate. */
  void proxy(String certificate) {
    api.put(
        PODS,
        """
        {"metadata": {"name": "proxy-x", "labels": {"app.kubernetes.io/part-of": "neonstack",
                      "app.kubernetes.io/component": "proxy"}},
         "spec": {"volumes": [{"name": "tls", "secret": {"secretName": "neon-proxy-tls"}}]},
         "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}}
        """);
    api.put(
        "/api/v1/namespaces/neon/secrets",
        "{\"metadata\": {\"name\": \"neon-proxy-tls\"}, \"data\": {\"tls.crt\": \"%s\"}}"
            .formatted(
                Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.UTF_8))));
  }

  private static final String CRASHING =
      ", \"containerStatuses\": [{\"state\": {\"waiting\": {\"reason\": \"CrashLoopBackOff\","
          + " \"message\": \"back-off 10s\"}}}]";

  private void serve(String pod, String component) {
    pod(pod, component, true);
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var server = HttpServer.create(address, 0);
      server.createContext("/", exchange -> answer(component, exchange));
      server.start();
      servers.add(server);
      api.backend(pod, PORTS.get(component), server.getAddress().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(String component, HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(exchange.getRequestMethod() + " " + path);
      if (path.equals("/ready")) {
        send(exchange, 200, "null");
      } else if (path.equals("/metrics")) {
        send(exchange, 200, metrics());
      } else {
        var refusal = asksForTokens ? refusal(component, exchange) : 0;
        if (refusal > 0) {
          send(exchange, refusal, "{\"msg\": \"no\"}");
        } else {
          answer(component, exchange, body);
        }
      }
    }
  }

  private String metrics() {
    return "# TYPE remote_storage_s3_request_seconds histogram\n"
        + "remote_storage_s3_request_seconds_count{request_type=\"put_object\",result=\"%s\"} 7\n"
            .formatted(calls);
  }

  private int refusal(String component, HttpExchange exchange) {
    var header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null) {
      return 401;
    }
    var claims = accepted.claims(header.substring("Bearer ".length()));
    var scope = claims.map(one -> one.path("scope").asText()).orElse("");
    var path = exchange.getRequestURI().getPath();
    var alsoTaken =
        component.equals("storage-controller")
            && path.startsWith("/v1/")
            && scope.equals("pageserverapi");
    return alsoTaken || scope.equals(TAKEN.get(component).word()) ? 0 : 403;
  }

  private void answer(String component, HttpExchange exchange, String body) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (path.equals("/control/v1/node")) {
      send(exchange, 200, "[" + node(1, "Active") + "," + node(2, "Active") + "]");
    } else if (path.equals("/control/v1/safekeeper")) {
      var all = new ArrayList<String>();
      for (var id = 1; id <= 3; id++) {
        all.add(safekeeper(id, id <= activeSafekeepers ? "Active" : "Pause"));
      }
      send(exchange, 200, all.toString());
    } else if (path.equals("/control/v1/tenant")) {
      send(exchange, 200, projects);
    } else if (exchange.getRequestMethod().equals("POST")
        && component.equals("storage-controller")) {
      send(exchange, 201, timeline(path, body));
    } else {
      send(exchange, 200, "[]");
    }
  }

  private static String node(int id, String availability) {
    return "{\"id\": %d, \"availability\": \"%s\"}".formatted(id, availability);
  }

  private static String safekeeper(int id, String policy) {
    return "{\"id\": %d, \"scheduling_policy\": \"%s\"}".formatted(id, policy);
  }

  private static String timeline(String path, String body) throws IOException {
    var asked = ClusterChecks.json(body);
    var info = new ObjectMapper().createObjectNode();
    info.put("tenant_id", path.split("/", -1)[3]);
    info.set("timeline_id", asked.path("new_timeline_id"));
    info.set("ancestor_timeline_id", asked.get("ancestor_timeline_id"));
    info.set("ancestor_lsn", asked.get("ancestor_start_lsn"));
    for (var lsn : List.of("last_record_lsn", "initdb_lsn", "min_readable_lsn")) {
      info.put(lsn, "0/14D8AB0");
    }
    info.put("pg_version", 17).put("state", "Active").put("is_archived", false);
    return info.toString();
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    api.close();
  }
}
