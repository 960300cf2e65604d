package dev.neonstack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A container registry on this machine that gives tokens to everybody and manifests for tokens. */
final class FakeRegistry implements AutoCloseable {
  private static final String TOKEN = "{\"token\": \"read-only\"}";

  private final HttpServer server;
  private final Map<String, String> manifests = new HashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private Optional<String> digest = Optional.empty();
  private String realm;
  private int status = 200;

  FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    realm = "http://" + host() + "/token";
    server.createContext("/token", this::token);
    server.createContext("/v2/", this::manifest);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** An image under a tag; a registry need not name its digest. */
  void holds(String path, String tag, Optional<String> named) {
    manifests.put("/v2/" + path + "/manifests/" + tag, "{\"path\": \"" + path + "\"}");
    digest = named;
  }

  /** What every question for a manifest is answered from now on. */
  void answers(int wanted) {
    status = wanted;
  }

  void sendsForTokensTo(String wanted) {
    realm = wanted;
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  private void token(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    send(exchange, 200, TOKEN);
  }

  private void manifest(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    asked.add(exchange.getRequestMethod() + " " + path);
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null) {
      exchange
          .getResponseHeaders()
          .add(
              "WWW-Authenticate",
              "Bearer realm=\"%s\",service=\"fake\",scope=\"repository:x:pull\"".formatted(realm));
      send(exchange, 401, "");
      return;
    }
    var known = manifests.containsKey(path) && authorization.equals("Bearer read-only");
    digest.ifPresent(one -> exchange.getResponseHeaders().add("Docker-Content-Digest", one));
    send(exchange, known ? status : 404, known ? manifests.get(path) : "");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var isHead = exchange.getRequestMethod().equals("HEAD");
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, isHead || bytes.length == 0 ? -1 : bytes.length);
    if (!isHead) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
