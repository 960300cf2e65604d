package dev.neonstack.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** An emulator over fake data with a client that speaks to it. */
final class EmulatorHarness implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Emulator emulator;
  private FakeTimelineData data;

  /** What came back; the body is read as JSON where it is JSON. */
  record Reply(int status, JsonNode body, HttpResponse<String> raw) {
    String message() {
      return body.path("msg").asText();
    }
  }

  EmulatorHarness(Path folder, UnaryOperator<EmulatorConfig> configure) {
    this.emulator =
        Emulator.start(
            configure.apply(config(folder)),
            lookup -> {
              data = new FakeTimelineData(folder.resolve("timelines"), lookup);
              return data;
            });
  }

  EmulatorHarness(Path folder) {
    this(folder, UnaryOperator.identity());
  }

  private EmulatorHarness(Emulator emulator) {
    this.emulator = emulator;
  }

  /** Over PostgreSQL instead; no server is ever started. */
  static EmulatorHarness onPostgres(Path folder) {
    var cache = Path.of("target/postgres-cache").toAbsolutePath();
    return new EmulatorHarness(
        Emulator.start(EmulatorConfig.of(folder, 0, folder.resolve("password"), cache)));
  }

  static EmulatorConfig config(Path folder) {
    return EmulatorConfig.of(folder, 0, folder.resolve("password"), folder.resolve("cache"))
        .withWaitLsnTimeout(Duration.ofMillis(200));
  }

  String url() {
    return emulator.url().toString();
  }

  FakeTimelineData data() {
    return data;
  }

  Reply call(String method, String path, String... body) {
    return callAs("", method, path, body);
  }

  Reply callAs(String authorization, String method, String path, String... body) {
    try {
      var request = request(method, path, body);
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      return reply(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<Reply> callLater(String method, String path, String... body) {
    return CLIENT
        .sendAsync(request(method, path, body).build(), BodyHandlers.ofString())
        .thenApply(EmulatorHarness::reply);
  }

  TenantId attach(String settings) {
    var tenant = TenantId.random();
    var reply =
        call(
            "PUT",
            "/v1/tenant/" + tenant + "/location_config",
            "{\"mode\":\"AttachedSingle\",\"generation\":1,\"tenant_conf\":" + settings + "}");
    if (reply.status() != 200) {
      throw new IllegalStateException("attach: " + reply.raw().body());
    }
    return tenant;
  }

  TimelineId root(TenantId tenant) {
    var id = TimelineId.random();
    created(create(tenant, "{\"new_timeline_id\":\"" + id + "\",\"pg_version\":15}"));
    return id;
  }

  TimelineId branch(TenantId tenant, TimelineId ancestor) {
    var id = TimelineId.random();
    created(create(tenant, branchBody(id, ancestor)));
    return id;
  }

  TimelineId branch(TenantId tenant, TimelineId ancestor, String lsn) {
    var id = TimelineId.random();
    created(create(tenant, branchBody(id, ancestor, lsn)));
    return id;
  }

  Reply create(TenantId tenant, String body) {
    return call("POST", "/v1/tenant/" + tenant + "/timeline", body);
  }

  static String branchBody(TimelineId id, TimelineId ancestor) {
    return "{\"new_timeline_id\":\"" + id + "\",\"ancestor_timeline_id\":\"" + ancestor + "\"}";
  }

  static String branchBody(TimelineId id, TimelineId ancestor, String lsn) {
    return "{\"new_timeline_id\":\""
        + id
        + "\",\"ancestor_timeline_id\":\""
        + ancestor
        + "\",\"ancestor_start_lsn\":\""
        + lsn
        + "\"}";
  }

  static String path(TenantId tenant, TimelineId timeline) {
    return "/v1/tenant/" + tenant + "/timeline/" + timeline;
  }

  /** Waits for what happens in the background. */
  static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not happen: " + what);
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  void drain() {
    emulator.drain();
  }

  @Override
  public void close() {
    emulator.close();
  }

  private HttpRequest.Builder request(String method, String path, String... body) {
    var publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofString(body[0]);
    return HttpRequest.newBuilder(emulator.url().resolve(path)).method(method, publisher);
  }

  private static Reply reply(HttpResponse<String> raw) {
    try {
      var type = raw.headers().firstValue("content-type").orElse("");
      var body = type.equals("application/json") ? JSON.readTree(raw.body()) : JSON.missingNode();
      return new Reply(raw.statusCode(), body, raw);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + raw.body(), e);
    }
  }

  private static void created(Reply reply) {
    if (reply.status() != 201) {
      throw new IllegalStateException("create: " + reply.raw().body());
    }
  }
}
