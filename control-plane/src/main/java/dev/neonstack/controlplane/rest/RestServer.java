package dev.neonstack.controlplane.rest;

import dev.neonstack.controlplane.core.Core;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
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
    var routes = config.routes;
    routes.before(this::authorise);
    routes.exception(Exception.class, (failure, context) -> Errors.answer(context, failure));
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

  /** Compares without telling by the time it takes how much of the key was right. */
  private void authorise(Context context) {
    if (HealthResource.PATHS.contains(context.path())) {
      return;
    }
    var given = Optional.ofNullable(context.header("Authorization")).orElse("");
    if (!MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
      Errors.answer(
          context,
          UNAUTHORISED,
          "UNAUTHORIZED",
          given.isEmpty()
              ? "the request has no API key; send it as: Authorization: Bearer KEY"
              : "the request's API key is not the one of this control plane");
      context.skipRemainingHandlers();
    }
  }
}
