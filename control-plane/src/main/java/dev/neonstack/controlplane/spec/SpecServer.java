package dev.neonstack.controlplane.spec;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.web.FrontDoor;
import dev.neonstack.web.Hosts;
import dev.neonstack.web.Refusal;
import dev.neonstack.web.Rules;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers computes, and nobody else: each with a token of its own, and only about itself. What it
 * answers holds verifiers and tokens, so it listens where only computes can reach it.
 */
public final class SpecServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpecServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/compute/api/v2/computes/{id}/spec";
  private static final String BEARER = "Bearer ";
  private static final int MOST_THREADS = 16;
  private static final int LEAST_THREADS = 2;
  private static final int IDLE_MILLIS = 30_000;
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int INTERNAL = 500;
  private static final int UNAVAILABLE = 503;

  private final ComputeKeys keys;
  private final SpecSource source;
  private final Javalin javalin;

  private SpecServer(ComputeKeys keys, SpecSource source) {
    this.keys = keys;
    this.source = source;
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Listens.
   *
   * @param address port 0 takes any free one
   * @throws IllegalStateException when it cannot
   */
  public static SpecServer start(ComputeKeys keys, SpecSource source, InetSocketAddress address) {
    var server = new SpecServer(keys, source);
    try {
      server.javalin.start(address.getHostString(), address.getPort());
      return server;
    } catch (JavalinBindException e) {
      throw new IllegalStateException(
          "computes cannot be answered on %s, as the port is in use or the address is none of this machine; stop what uses it, or choose another"
              .formatted(address),
          e);
    }
  }

  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_MILLIS);
    config.jetty.modifyServer(new FrontDoor(rules())::installIn);
    config.routes.get(PATH, this::answer);
    config.routes.exception(Exception.class, (failure, context) -> failed(context, failure));
    config.routes.error(
        NOT_FOUND,
        context -> {
          if (!Boolean.TRUE.equals(context.attribute(BEARER))) {
            refuse(context, NOT_FOUND, "computes are answered at GET " + PATH);
          }
        });
  }

  private Rules rules() {
    return new Rules(
        Hosts.ANY, this::refusal, refusal -> error(refusal.message()), Rules.Limits.USUAL);
  }

  private Optional<Refusal> refusal(Request request) {
    var header = Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    if (header.flatMap(this::holder).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            UNAUTHORISED,
            "UNAUTHORIZED",
            header.isEmpty()
                ? "the request has no token; a compute has it in NEON_CONTROL_PLANE_TOKEN"
                : "the request's token is none that this control plane gave"));
  }

  private Optional<String> holder(String header) {
    return header.startsWith(BEARER)
        ? keys.holder(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private void answer(Context context) {
    context.attribute(BEARER, true);
    var id = context.pathParam("id");
    var holder = Optional.ofNullable(context.header("Authorization")).flatMap(this::holder);
    if (!holder.equals(Optional.of(id))) {
      refuse(context, FORBIDDEN, "the request's token is another compute's");
      return;
    }
    source
        .answer(id)
        .ifPresentOrElse(
            document -> context.contentType("application/json").result(document.toString()),
            () -> refuse(context, NOT_FOUND, "there is no compute %s any more".formatted(id)));
  }

  private static void failed(Context context, Exception failure) {
    if (failure instanceof Problem problem) {
      var later = problem.kind() == Problem.Kind.UNAVAILABLE;
      refuse(context, later ? UNAVAILABLE : INTERNAL, problem.getMessage());
    } else {
      LOG.error("A compute could not be answered", failure);
      refuse(context, INTERNAL, "the control plane failed; its log says why");
    }
  }

  private static void refuse(Context context, int status, String message) {
    LOG.warn("{} of {} was refused: {}", context.path(), context.ip(), message);
    context.status(status).contentType("application/json").result(error(message));
  }

  private static String error(String message) {
    return JSON.createObjectNode().put("error", message).toString();
  }
}
