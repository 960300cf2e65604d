package dev.neonstack.controlplane.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.controlplane.rest.Listen;
import dev.neonstack.controlplane.rest.Listener;
import dev.neonstack.web.Refusal;
import dev.neonstack.web.Rules;
import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** Says, where clients would be served, that another control plane is at work. It lives. */
final class Standby implements AutoCloseable {
  private static final String LIVE = "/live";
  private static final int UNAVAILABLE = 503;
  private static final Refusal REFUSAL =
      new Refusal(
          UNAVAILABLE,
          "STANDBY",
          "this control plane waits for its turn, as another one is at work on the catalog, or the"
              + " catalog cannot be reached; its log says which");

  private final Listener listener;

  private Standby(Listener listener) {
    this.listener = listener;
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when it cannot
   */
  static Standby start(Listen listen) {
    var rules =
        new Rules(
            listen.hosts(),
            Standby::refusal,
            refusal -> answer("code", refusal.code(), "message", refusal.message()),
            Rules.Limits.USUAL);
    return new Standby(
        Listener.start(listen, Setting.API_PORT.variable(), rules, Standby::addRoutes));
  }

  private static Optional<Refusal> refusal(Request request) {
    return Request.getPathInContext(request).equals(LIVE) ? Optional.empty() : Optional.of(REFUSAL);
  }

  private static void addRoutes(RoutesConfig routes) {
    routes.get(
        LIVE, context -> context.contentType("application/json").result(answer("status", "ok")));
  }

  private static String answer(String... fields) {
    var json = JsonNodeFactory.instance.objectNode();
    for (var at = 0; at < fields.length; at += 2) {
      json.put(fields[at], fields[at + 1]);
    }
    return json.toString();
  }

  URI url() {
    return listener.url();
  }

  @Override
  public void close() {
    listener.close();
  }
}
