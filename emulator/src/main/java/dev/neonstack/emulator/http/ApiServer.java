package dev.neonstack.emulator.http;

import dev.neonstack.emulator.meta.ApiError;
import dev.neonstack.web.FrontDoor;
import dev.neonstack.web.Hosts;
import dev.neonstack.web.Refusal;
import dev.neonstack.web.Rules;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server. One handler takes every request, as the paths, methods and errors of a
 * pageserver are not those of a web framework: a wrong method is an unknown page.
 */
public final class ApiServer implements AutoCloseable {
  static final int NODE_ID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final String PASS = "dev.neonstack.pass";
  private static final String HOST = "127.0.0.1";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final Router router;
  private final Optional<Gatekeeper> gatekeeper;
  private final Metrics metrics;
  private final String launched =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC)
          .format(Instant.now());
  private final Javalin javalin;

  ApiServer(Router router, Metrics metrics, Optional<Gatekeeper> gatekeeper) {
    this.router = router;
    this.metrics = metrics;
    this.gatekeeper = gatekeeper;
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when the port is taken
   */
  public void start(int port) {
    try {
      javalin.start(HOST, port);
    } catch (JavalinBindException e) {
      throw new IllegalStateException(
          "the storage API cannot listen on "
              + HOST
              + ":"
              + port
              + ", as the port is in use or not allowed; stop what uses it, or set"
              + " NEONSTACK_STORAGE_PORT to another port (0 takes any free one)",
          e);
    }
  }

  public URI url() {
    return URI.create("http://" + HOST + ":" + javalin.port());
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.jetty.modifyServer(this::prepare);
    config.routes.before(this::serve);
  }

  /** What was asked before the end is answered. */
  private void prepare(Server server) {
    server.insertHandler(new GracefulHandler());
    server.setStopTimeout(STOP_TIMEOUT.toMillis());
    new FrontDoor(rules()).installIn(server);
  }

  private Rules rules() {
    return new Rules(
        Hosts.LOOPBACK,
        this::refusal,
        refusal -> Answer.message(refusal.message()).toString(),
        Rules.Limits.USUAL);
  }

  /** What the bearer may do goes along with the request. */
  private Optional<Refusal> refusal(Request request) {
    try {
      var path = Request.getPathInContext(request);
      var header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
      gatekeeper.ifPresent(guard -> request.setAttribute(PASS, guard.admit(path, header)));
      return Optional.empty();
    } catch (ApiError e) {
      metrics.answered(e.status());
      return Optional.of(new Refusal(e.status(), "", e.getMessage()));
    }
  }

  private void serve(Context context) {
    var answer = answer(context);
    metrics.answered(answer.status());
    answer.sendTo(context);
    context
        .header("x-request-id", UUID.randomUUID().toString())
        .header("pageserver_launch_timestamp", launched)
        .skipRemainingHandlers();
  }

  private Answer answer(Context context) {
    try {
      var pass = Optional.<Pass>ofNullable(context.attribute(PASS)).orElseGet(Pass::everything);
      return router
          .find(context.method().name(), context.path())
          .map(match -> match.handler().handle(new Call(context, match.names(), pass)))
          .orElseGet(() -> Answer.error(404, "page not found"));
    } catch (ApiError e) {
      return Answer.error(e.status(), e.getMessage());
    } catch (HttpResponseException e) {
      return Answer.error(e.getStatus(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", context.method(), context.path(), e);
      return Answer.error(500, Optional.ofNullable(e.getMessage()).orElse(e.toString()));
    }
  }
}
