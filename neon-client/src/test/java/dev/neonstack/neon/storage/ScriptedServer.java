package dev.neonstack.neon.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that gives the answers it was told, in their order, and remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {
  record Request(String line, Optional<String> authorization, String body) {}

  private interface Step {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closing = new CountDownLatch(1);

  ScriptedServer() {
    this(plain());
  }

  ScriptedServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer plain() {
    try {
      return HttpServer.create(loopback(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  URI url(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized ScriptedServer then(Answer answer) {
    return then(exchange -> send(exchange, answer));
  }

  ScriptedServer then(String recorded) {
    return then(Recorded.answer(recorded));
  }

  /** Reads the request and hangs up. */
  ScriptedServer thenCut() {
    return then(HttpExchange::close);
  }

  /** Reads the request and says nothing until the server is closed. */
  ScriptedServer thenHang() {
    return then(
        exchange -> {
          try {
            closing.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
  }

  ScriptedServer thenRedirect(URI target) {
    return then(
        exchange -> {
          exchange.getResponseHeaders().add("Location", target.toString());
          send(exchange, new Answer(307, ""));
        });
  }

  private synchronized ScriptedServer then(Step step) {
    steps.add(step);
    return this;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  Request lastRequest() {
    return requests().get(requests.size() - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    var authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    requests.add(new Request(line, authorization, body));
    next().answer(exchange);
  }

  private synchronized Step next() {
    var step = steps.poll();
    return step == null
        ? exchange -> send(exchange, new Answer(599, "{\"msg\":\"not in the script\"}"))
        : step;
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
