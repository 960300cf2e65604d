package dev.neonstack.controlplane.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.EndpointEntry.Desired;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Neon's proxy asks before it lets a client in: what the role's password is checked with, and
 * where the endpoint is, which is started for that. The proxy caches both for minutes. What it does
 * not know as a reason, it caches too, so that what passes by itself is always a reason it repeats
 * for.
 */
final class ProxyContract implements Face {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyContract.class);
  private static final String ACCESS = "/get_endpoint_access_control";
  private static final String WAKE = "/wake_compute";
  private static final String KEYS = "/endpoints/{id}/jwks";
  private static final String POOLER = "-pooler";
  private static final String OPTION = "options[";

  /** One installation is one account; the proxy keeps what it knows by it. */
  private static final String ACCOUNT = "neonstack";

  /** The proxy waits without end; load balancers and clients do not. */
  private static final Duration PATIENCE = Duration.ofSeconds(110);

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int LOCKED = 423;
  private static final int FAILED = 500;

  private final Core core;
  private final Wakes wakes;
  private final Bearers bearers;
  private final Metrics metrics;

  ProxyContract(Core core, Bearers bearers, Metrics metrics) {
    this.core = core;
    this.wakes = new Wakes(core);
    this.bearers = bearers;
    this.metrics = metrics;
  }

  @Override
  public boolean has(String path) {
    return path.equals(ACCESS) || path.equals(WAKE) || path.matches("/endpoints/[^/]+/jwks");
  }

  @Override
  public Optional<Refusal> refusal(Request request) {
    var refusal = bearers.refusal(request);
    refusal.ifPresent(
        no ->
            LOG.warn(
                "A proxy is refused at {} with {}: {}",
                Request.getPathInContext(request),
                no.status(),
                no.message()));
    return refusal;
  }

  @Override
  public void add(RoutesConfig routes) {
    routes.get(ACCESS, this::access);
    routes.get(WAKE, this::wake);
    routes.get(KEYS, this::keys);
  }

  private void access(Context context) {
    var endpoint = endpoint(text(context, "endpointish"));
    if (endpoint.isEmpty()) {
      unknown(context);
      return;
    }
    var json = JsonNodeFactory.instance.objectNode();
    json.put("role_secret", secret(endpoint.get(), text(context, "role")));
    json.put("project_id", endpoint.get().project().value());
    json.put("account_id", ACCOUNT);
    json.putArray("allowed_ips");
    json.putArray("allowed_vpc_endpoint_ids");
    json.put("block_public_connections", false);
    json.put("block_vpc_connections", false);
    answer(context, OK, json);
  }

  /**
   * Empty for a role that is unknown: what is "not found" the proxy could not be told to forget.
   */
  private String secret(EndpointEntry endpoint, String role) {
    return core.content()
        .branch(endpoint.branchKey())
        .contents()
        .role(role)
        .filter(Predicate.not(RoleEntry::noLogin))
        .flatMap(RoleEntry::scramVerifier)
        .orElse("");
  }

  private void wake(Context context) {
    var asked = text(context, "endpointish");
    var endpoint = endpoint(asked);
    if (endpoint.isEmpty()) {
      unknown(context);
      return;
    }
    var unfit = unfit(context, endpoint.get(), asked.endsWith(POOLER));
    if (unfit.isPresent()) {
      fail(context, BAD_REQUEST, "", unfit.get());
      return;
    }
    var began = System.nanoTime();
    context.future(
        () ->
            wakes
                .wake(endpoint.get())
                .thenApply(awake -> awake)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                    (awake, failure) -> {
                      if (failure == null) {
                        metrics.woken(awake.wasUp(), System.nanoTime() - began);
                        answer(context, OK, address(awake));
                      } else {
                        metrics.notWoken();
                        fail(context, failure);
                      }
                      return awake;
                    }));
  }

  private static Optional<String> unfit(Context context, EndpointEntry endpoint, boolean pooled) {
    var options =
        context.queryParamMap().keySet().stream().filter(name -> name.startsWith(OPTION)).toList();
    if (!options.isEmpty()) {
      return Optional.of(
          "the connection options neon_%s are not available; leave them out"
              .formatted(
                  String.join(
                      ", neon_",
                      options.stream()
                          .map(name -> name.substring(OPTION.length()).replace("]", ""))
                          .sorted()
                          .toList())));
    }
    return pooled && !endpoint.shape().pooler()
        ? Optional.of(
            "endpoint %s has no connection pooler; leave out %s in the host name"
                .formatted(endpoint.id(), POOLER))
        : Optional.empty();
  }

  private static ObjectNode address(Wakes.Awake awake) {
    var endpoint = awake.endpoint();
    var host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("address", host + ":" + endpoint.port());
    json.putNull("server_name");
    var aux = json.putObject("aux");
    aux.put("endpoint_id", endpoint.id());
    aux.put("project_id", endpoint.project().value());
    aux.put("branch_id", endpoint.branch().value());
    aux.put("compute_id", endpoint.id());
    aux.put("cold_start_info", awake.wasUp() ? "warm" : "pool_miss");
    return json;
  }

  /** Nobody signs in by tokens of others here. */
  private void keys(Context context) {
    if (endpoint(context.pathParam("id")).isEmpty()) {
      unknown(context);
      return;
    }
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("jwks");
    answer(context, OK, json);
  }

  private Optional<EndpointEntry> endpoint(String asked) {
    var id = asked.toLowerCase(Locale.ROOT);
    var bare = id.endsWith(POOLER) ? id.substring(0, id.length() - POOLER.length()) : id;
    return Stream.ofNullable(core.content().endpoints().get(bare))
        .filter(found -> found.desired() != Desired.DELETED)
        .findFirst();
  }

  private static String text(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).orElse("");
  }

  /** To a client it is a wrong password, so that nobody learns which endpoints there are. */
  private static void unknown(Context context) {
    answer(context, NOT_FOUND, failure(NOT_FOUND, "ENDPOINT_NOT_FOUND", "endpoint not found", ""));
  }

  private static void fail(Context context, Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TimeoutException) {
      fail(context, LOCKED, "RUNNING_OPERATIONS", "the endpoint is still starting; try again");
    } else if (cause instanceof Problem problem) {
      switch (problem.kind()) {
        case NOT_FOUND -> unknown(context);
        case LOCKED, UNAVAILABLE ->
            fail(context, LOCKED, "RUNNING_OPERATIONS", problem.getMessage());
        case INVALID, CONFLICT, REFUSED, UNKNOWN, FAILED ->
            fail(context, FAILED, "", problem.getMessage());
      }
    } else {
      LOG.error("A wake failed", cause);
      fail(context, FAILED, "", "the endpoint does not start; the control plane's log says why");
    }
  }

  /** The message is shown to the client word for word. */
  private static void fail(Context context, int status, String reason, String message) {
    answer(context, status, failure(status, reason, message, message));
  }

  private static ObjectNode failure(int status, String reason, String message, String shown) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("error", message);
    var about = json.putObject("status");
    about.put("code", Integer.toString(status));
    about.put("message", message);
    var details = about.putObject("details");
    if (reason.isEmpty()) {
      details.putNull("error_info");
    } else {
      details.putObject("error_info").put("reason", reason);
    }
    details.putNull("retry_info");
    if (shown.isEmpty()) {
      details.putNull("user_facing_message");
    } else {
      details.putObject("user_facing_message").put("message", shown);
    }
    return json;
  }

  private static void answer(Context context, int status, ObjectNode json) {
    context.status(status).contentType("application/json").result(json.toString());
  }
}
