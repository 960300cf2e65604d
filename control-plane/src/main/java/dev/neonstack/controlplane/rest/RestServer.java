package dev.neonstack.controlplane.rest;

import dev.neonstack.controlplane.core.Core;
import dev.neonstack.web.FrontDoor;
import dev.neonstack.web.Refusal;
import dev.neonstack.web.Rules;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of the control plane. */
public final class RestServer implements AutoCloseable {
  private static final int UNAUTHORISED = 401;
  private static final int NOT_FOUND = 404;
  private static final int MOST_THREADS = 16;
  private static final int LEAST_THREADS = 4;
  private static final int IDLE_MILLIS = 30_000;

  /** Longer than a client waits, so that the server never hangs up first. */
  private static final long PATIENCE_MILLIS = 600_000;

  private final Core core;
  private final byte[] authorization;
  private final Listen listen;
  private final Javalin javalin;

  private RestServer(Core core, String apiKey, Listen listen) {
    this.core = core;
    this.listen = listen;
    this.authorization = ("Bearer " + apiKey).getBytes(StandardCharsets.UTF_8);
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when it cannot
   */
  public static RestServer start(Core core, String apiKey, Listen listen) {
    var server = new RestServer(core, apiKey, listen);
    try {
      server.javalin.start(listen.host(), listen.port());
      return server;
    } catch (JavalinBindException e) {
      throw new IllegalStateException(
          "the control plane cannot listen on "
              + listen
              + ", as the port is in use or not allowed, or the address is none of this machine; stop"
              + " what uses it, or set NEONSTACK_API_PORT to another port (0 takes any free one)",
          e);
    }
  }

  public URI url() {
    return listen.url(javalin.port());
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.asyncTimeout = PATIENCE_MILLIS;
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_MILLIS);
    config.jetty.modifyServer(new FrontDoor(rules())::installIn);
    config.jetty.modifyHttpConfiguration(FrontDoor::takeAnyName);
    config.jetty.modifyServletContextHandler(
        servlets -> servlets.getServletHandler().setDecodeAmbiguousURIs(true));
    var routes = config.routes;
    routes.exception(Exception.class, (failure, context) -> Errors.answer(context, failure));
    Installation.add(routes);
    new HealthResource(core).add(routes);
    new ProjectsResource(core).add(routes);
    new BranchesResource(core).add(routes);
    new EndpointsResource(core).add(routes);
    new AccountsResource(core).add(routes);
    new RegistrationResource(core).add(routes);
    addUnknown(routes);
  }

  private void addUnknown(RoutesConfig routes) {
    routes.error(
        NOT_FOUND,
        context -> {
          if (context.result() == null || !context.result().startsWith("{\"request_id\"")) {
            Errors.answer(
                context,
                NOT_FOUND,
                "NOT_FOUND",
                context.method() + " " + context.path() + " is not part of this API");
          }
        });
  }

  private Rules rules() {
    return new Rules(
        listen.hosts(),
        this::refusal,
        refusal -> Errors.json(refusal.code(), refusal.message()).toString(),
        Rules.Limits.USUAL);
  }

  /** Compares without telling by the time it takes how much of the key was right. */
  private Optional<Refusal> refusal(Request request) {
    var given = Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    var bytes = given.orElse("").getBytes(StandardCharsets.UTF_8);
    if (HealthResource.PATHS.contains(Request.getPathInContext(request))
        || MessageDigest.isEqual(authorization, bytes)) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            UNAUTHORISED,
            "UNAUTHORIZED",
            given.isEmpty()
                ? "the request has no API key; send it as: Authorization: Bearer KEY"
                : "the request's API key is not the one of this control plane"));
  }
}
