package dev.neonstack.it.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Stands between the provider and a server, passes calls on, and fails when it is told to. */
public final class FaultProxy implements AutoCloseable {

  /** One way to fail; may pass the call on before or after. */
  @FunctionalInterface
  public interface Fault {
    void happen(Call call) throws IOException;

    /** Answers with a status instead of passing the call on. */
    static Fault status(int status, String message) {
      return call -> call.reply(new Answer(status, "{\"msg\":\"" + message + "\"}"));
    }

    /** Hangs up without passing the call on. */
    static Fault cutBefore() {
      return Call::cut;
    }

    /** Passes the call on and hangs up instead of giving the answer. */
    static Fault cutAfter() {
      return call -> {
        call.forward();
        call.cut();
      };
    }

    /** Passes the call on and answers with something else. */
    static Fault garbageAfter(int status) {
      return call -> {
        call.forward();
        call.reply(new Answer(status, "<html>it worked</html>"));
      };
    }

    /** Lets something happen, then passes the call on as if nothing had. */
    static Fault after(Runnable event) {
      return call -> {
        event.run();
        call.reply(call.forward());
      };
    }

    /** Passes the call on, lets something happen, and gives the answer. */
    static Fault before(Runnable event) {
      return call -> {
        var answer = call.forward();
        event.run();
        call.reply(answer);
      };
    }
  }

  /** What a server said. */
  public record Answer(int status, String body) {}

  private record Rule(Pattern calls, AtomicInteger left, Fault fault) {
    boolean takes(String call) {
      return calls.matcher(call).matches() && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI upstream;
  private final List<Rule> rules = Collections.synchronizedList(new ArrayList<>());
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  public FaultProxy(URI upstream) {
    this.upstream = upstream;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Fails the next calls whose "METHOD /path" matches as a whole, so many times. */
  public FaultProxy fail(String callPattern, int times, Fault fault) {
    rules.add(new Rule(Pattern.compile(callPattern), new AtomicInteger(times), fault));
    return this;
  }

  /** How many calls matched, failed or not. */
  public long count(String callPattern) {
    return List.copyOf(calls).stream().filter(call -> call.matches(callPattern)).count();
  }

  /** Whether every fault that was ordered has happened. */
  public boolean isSpent() {
    return List.copyOf(rules).stream().allMatch(rule -> rule.left().get() == 0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var name = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    calls.add(name);
    var call = new Call(exchange, body);
    var rule = List.copyOf(rules).stream().filter(known -> known.takes(name)).findFirst();
    if (rule.isPresent()) {
      rule.get().fault().happen(call);
    } else {
      call.reply(call.forward());
    }
  }

  /** A call on its way. */
  public final class Call {
    private final HttpExchange exchange;
    private final String body;

    private Call(HttpExchange exchange, String body) {
      this.exchange = exchange;
      this.body = body;
    }

    /** Passes the call on; a server that is away makes an answer of 502. */
    public Answer forward() {
      return forwardAs(text -> text);
    }

    /** Passes the call on with another body. */
    public Answer forwardAs(UnaryOperator<String> change) {
      var request =
          HttpRequest.newBuilder(URI.create(upstream + exchange.getRequestURI().toString()))
              .method(exchange.getRequestMethod(), BodyPublishers.ofString(change.apply(body)));
      for (var header : List.of("Authorization", "Content-Type")) {
        var value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      try {
        var response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
      } catch (IOException e) {
        return new Answer(502, "{\"msg\":\"no server behind the proxy\"}");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Answer(502, "{\"msg\":\"interrupted\"}");
      }
    }

    /** Gives an answer. */
    public void reply(Answer answer) throws IOException {
      var bytes = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      try (var out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }

    /** Hangs up without an answer. */
    public void cut() {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
