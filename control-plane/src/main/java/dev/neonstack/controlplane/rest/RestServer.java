package dev.neonstack.controlplane.rest;

import dev.neonstack.controlplane.core.Core;
import dev.neonstack.web.Refusal;
import dev.neonstack.web.Rules;
import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** The API of the control plane over HTTP. */
public final class RestServer implements AutoCloseable {
  private static final int UNAUTHORISED = 401;
  private static final int NOT_FOUND = 404;
  private static final String PORT_SETTING = "NEONSTACK_API_PORT";

  private final Core core;
  private final byte[] authorization;
  private final Listener listener;

  private RestServer(Core core, String apiKey, Listen listen) {
    this.core = core;
    this.authorization = ("Bearer " + apiKey).getBytes(StandardCharsets.UTF_8);
    this.listener = Listener.start(listen, PORT_SETTING, rules(listen), this::addAll);
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when it cannot
   */
  public static RestServer start(Core core, String apiKey, Listen listen) {
    return new RestServer(core, apiKey, listen);
  }

  public URI url() {
    return listener.url();
  }

  @Override
  public void close() {
    listener.close();
  }

  private void addAll(RoutesConfig routes) {
    routes.exception(Exception.class, (failure, context) -> Errors.answer(context, failure));
    Audit.add(routes);
    Installation.add(routes);
    new HealthResource(core).add(routes);
    new ProjectsResource(core).add(routes);
    new BranchesResource(core).add(routes);
    new EndpointsResource(core).add(routes);
    new AccountsResource(core).add(routes);
    new RegistrationResource(core).add(routes);
    addUnknown(routes);
  }

  private static void addUnknown(RoutesConfig routes) {
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

  private Rules rules(Listen listen) {
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
