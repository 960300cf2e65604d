package dev.neonstack.provider.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.neonstack.provider.fake.Fault.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on a free port of this machine that remembers what it was asked. */
abstract class FakeServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  static {
    // Else every answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** An answer to a request. */
  record Reply(int status, JsonNode body) {}

  /** A request with its faulty behaviour, if it has one. */
  record Request(String method, URI uri, JsonNode body, Optional<Kind> fault) {
    String path() {
      return uri.getPath();
    }

    Optional<String> query(String name) {
      var query = Optional.ofNullable(uri.getQuery()).orElse("");
      return List.of(query.split("&")).stream()
          .filter(pair -> pair.startsWith(name + "="))
          .map(pair -> pair.substring(name.length() + 1))
          .findFirst();
    }
  }

  abstract Reply answer(Request request);

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Does this wrong, once, after all that were asked for before. */
  public void fail(Fault fault) {
    faults.add(fault);
  }

  /** Does everything right again. */
  public void heal() {
    faults.clear();
  }

  /** The requests so far, as method and path. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The requests so far that match. */
  public List<String> requests(String pattern) {
    return requests.stream().filter(request -> request.matches(pattern)).toList();
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    requests.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      requests.add(what);
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var fault = faults.stream().filter(one -> one.fits(what)).findFirst();
      fault.ifPresent(faults::remove);
      var kind = fault.map(Fault::kind);
      if (kind.equals(Optional.of(Kind.CUT_BEFORE))) {
        return;
      }
      if (kind.equals(Optional.of(Kind.STATUS))) {
        send(exchange, fault.get().number(), message("as told"));
        return;
      }
      if (kind.equals(Optional.of(Kind.SLOW))) {
        Thread.sleep(fault.get().number());
      }
      var request =
          new Request(exchange.getRequestMethod(), exchange.getRequestURI(), read(body), kind);
      Reply reply;
      synchronized (this) {
        reply = answer(request);
      }
      if (kind.equals(Optional.of(Kind.GARBAGE))) {
        sendText(exchange, reply.status(), "<html>");
      } else if (!kind.equals(Optional.of(Kind.CUT_AFTER))) {
        send(exchange, reply.status(), reply.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode read(String body) throws IOException {
    return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    sendText(exchange, status, body.toString());
  }

  private static void sendText(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static ObjectNode message(String text) {
    return JSON.createObjectNode().put("msg", text).put("message", text);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
