package dev.neonstack.controlplane.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.rest.Listen;
import dev.neonstack.controlplane.rest.Listener;
import dev.neonstack.controlplane.route.RouteKeeper;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.web.Refusal;
import dev.neonstack.web.Rules;
import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers other servers of the cluster, away from the listener of clients. */
public final class InternalServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InternalServer.class);
  private static final String PORT_SETTING = "NEONSTACK_INTERNAL_PORT";
  private static final int FAILED = 500;

  private final List<Face> faces;
  private final Listener listener;

  private InternalServer(Settings settings, Behind behind, Metrics metrics) {
    var clock = InstantSource.system();
    var hooks = new Bearers(settings.hookKeyFile(), Scope.INFRA, clock);
    var proxy = new Bearers(settings.proxyKeyFile(), Scope.INFRA, clock);
    this.faces =
        List.of(
            metrics,
            new Hooks(behind.routes(), hooks, metrics),
            new ProxyContract(behind.core(), proxy, metrics));
    this.listener = Listener.start(settings.listen(), PORT_SETTING, rules(settings), this::add);
  }

  /**
   * What it is told.
   *
   * @param listen where it listens
   * @param hookKeyFile the public key of who calls the hooks; absent: nobody may
   * @param proxyKeyFile the public key of the proxy's token; absent: it has none that is taken
   */
  public record Settings(Listen listen, Optional<Path> hookKeyFile, Optional<Path> proxyKeyFile) {}

  /**
   * What is behind it.
   *
   * @param core knows what exists
   * @param routes tells computes where storage is
   */
  public record Behind(Core core, RouteKeeper routes) {}

  /**
   * Listens.
   *
   * @param behind what is asked for
   * @param metrics what Prometheus reads
   * @throws IllegalStateException when it cannot
   */
  public static InternalServer start(Settings settings, Behind behind, Metrics metrics) {
    return new InternalServer(settings, behind, metrics);
  }

  public URI url() {
    return listener.url();
  }

  @Override
  public void close() {
    listener.close();
  }

  private Rules rules(Settings settings) {
    return new Rules(
        settings.listen().hosts(),
        this::refusal,
        refusal -> error(refusal.message()),
        Rules.Limits.USUAL);
  }

  private Optional<Refusal> refusal(Request request) {
    var path = Request.getPathInContext(request);
    return faces.stream()
        .filter(face -> face.has(path))
        .findFirst()
        .flatMap(face -> face.refusal(request));
  }

  private void add(RoutesConfig routes) {
    routes.exception(
        Exception.class,
        (failure, context) -> {
          LOG.error("{} {} failed", context.method(), context.path(), failure);
          context.status(FAILED).contentType("application/json").result(error("it failed"));
        });
    faces.forEach(face -> face.add(routes));
  }

  /** The form of errors that the storage controller and the proxy log. */
  static String error(String message) {
    return JsonNodeFactory.instance.objectNode().put("error", message).toString();
  }
}
