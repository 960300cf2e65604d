package dev.neonstack.controlplane.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.controlplane.route.RouteKeeper;
import dev.neonstack.controlplane.route.Verdict;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the storage controller tells: where a project is attached, and which safekeepers a branch
 * has. Until it is answered with 200 it tells again, and goes on with nothing else of the project:
 * no secondary location is made, and a pageserver that is drained keeps what it has. A compute
 * learns where its storage is when it starts, so that there is nothing to do where none runs.
 */
final class Hooks implements Face {
  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
  private static final String ATTACH = "/notify-attach";
  private static final String SAFEKEEPERS = "/notify-safekeepers";
  private static final int BAD_REQUEST = 400;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RouteKeeper routes;
  private final Bearers bearers;
  private final Metrics metrics;

  Hooks(RouteKeeper routes, Bearers bearers, Metrics metrics) {
    this.routes = routes;
    this.bearers = bearers;
    this.metrics = metrics;
  }

  @Override
  public boolean has(String path) {
    return Set.of(ATTACH, SAFEKEEPERS).contains(path);
  }

  @Override
  public Optional<Refusal> refusal(Request request) {
    var refusal = bearers.refusal(request);
    refusal.ifPresent(
        no -> {
          var hook = Request.getPathInContext(request).substring(1);
          metrics.hook(hook, no.status());
          LOG.warn("{} is refused with {}: {}", hook, no.status(), no.message());
        });
    return refusal;
  }

  @Override
  public void add(RoutesConfig routes) {
    routes.put(ATTACH, hook("notify-attach", this::attach));
    routes.put(SAFEKEEPERS, hook("notify-safekeepers", this::safekeepers));
  }

  /** Reads what is told, and sees to it. */
  private interface Notice {
    Verdict take(JsonNode body);
  }

  private Handler hook(String name, Notice notice) {
    return context -> {
      try {
        var verdict = notice.take(JSON.readTree(context.body()));
        answer(context, name, verdict.status(), verdict == Verdict.DONE ? "{}" : said(verdict));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        LOG.error("{} is refused, as it cannot be read: {}", name, e.getMessage());
        answer(context, name, BAD_REQUEST, InternalServer.error("the body is not as expected"));
      }
    };
  }

  private static String said(Verdict verdict) {
    return InternalServer.error(
        verdict == Verdict.LATER
            ? "a compute cannot be told now; repeat it"
            : "a compute has other safekeepers of this generation");
  }

  private void answer(Context context, String hook, int status, String body) {
    metrics.hook(hook, status);
    context.status(status).contentType("application/json").result(body);
  }

  private Verdict attach(JsonNode body) {
    var project = TenantId.of(text(body, "tenant_id"));
    var nodes = new ArrayList<Long>();
    list(body, "shards").forEach(shard -> nodes.add(number(shard, "node_id")));
    var verdict = routes.attached(project);
    LOG.info("notify-attach: project {} is on pageservers {}: {}", project, nodes, verdict);
    return verdict;
  }

  private Verdict safekeepers(JsonNode body) {
    var project = TenantId.of(text(body, "tenant_id"));
    var branch = TimelineId.of(text(body, "timeline_id"));
    var generation = number(body, "generation");
    var members = new TreeSet<Long>();
    list(body, "safekeepers").forEach(one -> members.add(number(one, "id")));
    var verdict = routes.safekeepers(project, branch, generation, members);
    LOG.info(
        "notify-safekeepers: branch {} of project {} has {} since generation {}: {}",
        branch,
        project,
        members,
        generation,
        verdict);
    return verdict;
  }

  private static String text(JsonNode body, String field) {
    if (!body.path(field).isTextual()) {
      throw new IllegalArgumentException(field + " is no text");
    }
    return body.path(field).asText();
  }

  private static long number(JsonNode body, String field) {
    if (!body.path(field).isIntegralNumber()) {
      throw new IllegalArgumentException(field + " is no whole number");
    }
    return body.path(field).asLong();
  }

  private static JsonNode list(JsonNode body, String field) {
    if (!body.path(field).isArray() || body.path(field).isEmpty()) {
      throw new IllegalArgumentException(field + " is no list of at least one");
    }
    return body.path(field);
  }
}
