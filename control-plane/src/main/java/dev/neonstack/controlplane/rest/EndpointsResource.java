package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.controlplane.account.Accounts;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.EndpointType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** {@code /api/v2/projects/…/endpoints} and the connection string that leads to one. */
final class EndpointsResource {
  private static final String ALL = "/api/v2/projects/{project}/endpoints";
  private static final String ONE = ALL + "/{endpoint}";

  private final Core core;

  EndpointsResource(Core core) {
    this.core = core;
  }

  void add(RoutesConfig routes) {
    routes.get(ALL, this::list);
    routes.post(ALL, this::create);
    routes.post("/neonstack/v1/projects/{project}/endpoints/check", this::check);
    routes.get(ONE, this::get);
    routes.patch(ONE, this::change);
    routes.delete(ONE, this::delete);
    routes.post(ONE + "/start", this::start);
    routes.post(ONE + "/suspend", this::suspend);
    routes.post(ONE + "/restart", this::restart);
    routes.get("/api/v2/projects/{project}/connection_uri", this::connectionUri);
  }

  private JsonNode view(EndpointEntry endpoint) {
    return Views.endpoint(endpoint, core.endpoints().status(endpoint));
  }

  private JsonNode done(Done<EndpointEntry> done) {
    return Request.done("endpoint", done, this::view);
  }

  private void list(Context context) {
    var request = new Request(context);
    core.content().project(request.project());
    var all = core.content().endpointsOf(request.project());
    request.ok(Views.wrapped("endpoints", Views.list(all, this::view)));
  }

  private void create(Context context) {
    var request = new Request(context);
    var body = request.body();
    var endpoint = body.object("endpoint");
    var branch =
        endpoint
            .value("branch_id", TimelineId::of)
            .orElseThrow(() -> Problem.invalid("endpoint.branch_id is missing; name a branch"));
    var defaults = core.content().project(request.project()).defaults();
    var shape = Shapes.of(endpoint, defaults);
    body.end();
    request.created(
        core.endpoints().create(new BranchKey(request.project(), branch), shape), this::done);
  }

  /** For a preview: refuses what a creation would be refused for, whatever branch it is for. */
  private void check(Context context) {
    var request = new Request(context);
    var body = request.body();
    var project = core.content().project(request.project());
    var shape = Shapes.of(body.object("endpoint"), project.defaults());
    body.end();
    core.endpoints().check(project.pgVersion(), List.of(shape));
    request.ok(Views.object());
  }

  private void get(Context context) {
    var request = new Request(context);
    request.ok(
        core.endpoints().get(request.project(), request.name("endpoint")),
        endpoint -> Views.wrapped("endpoint", view(endpoint)));
  }

  private void change(Context context) {
    var request = new Request(context);
    var body = request.body();
    var endpoint = body.object("endpoint");
    var change = Shapes.change(endpoint);
    endpoint.nothing(
        "branch_id", "an endpoint stays with its branch; make one on the other branch");
    body.end();
    request.ok(
        core.endpoints().update(request.project(), request.name("endpoint"), change), this::done);
  }

  private void delete(Context context) {
    var request = new Request(context);
    request.ok(core.endpoints().delete(request.project(), request.name("endpoint")), this::done);
  }

  private void start(Context context) {
    var request = new Request(context);
    request.ok(core.endpoints().start(request.project(), request.name("endpoint")), this::done);
  }

  private void suspend(Context context) {
    var request = new Request(context);
    request.ok(core.endpoints().suspend(request.project(), request.name("endpoint")), this::done);
  }

  private void restart(Context context) {
    var request = new Request(context);
    request.ok(core.endpoints().restart(request.project(), request.name("endpoint")), this::done);
  }

  private void connectionUri(Context context) {
    var request =
        new Request(context, "branch_id", "endpoint_id", "database_name", "role_name", "pooled");
    var endpoint = endpoint(request);
    if (request.flag("pooled").orElse(false) && !endpoint.shape().pooler()) {
      throw Problem.refused(
          "endpoint " + endpoint.id() + " has no connection pooler; leave pooled out");
    }
    var branch = core.content().branch(endpoint.branchKey());
    var role = required(request, "role_name");
    var database = required(request, "database_name");
    request.ok(
        core.endpoints()
            .get(request.project(), endpoint.id())
            .thenCompose(
                ready ->
                    core.accounts()
                        .look(branch.key())
                        .thenApply(found -> uri(ready, branch, found, role, database))),
        uri -> Views.object().put("uri", uri));
  }

  private static String uri(
      EndpointEntry endpoint, Branch branch, Contents found, String roleName, String name) {
    var role = Accounts.role(branch.label(), found, roleName);
    var database = Accounts.database(branch.label(), found, name);
    if (role.noLogin()) {
      throw Problem.refused(
          "role '%s' may not log in on branch %s; alter role … login lets it"
              .formatted(roleName, branch.label()));
    }
    return Contained.uri(endpoint, role, database.name());
  }

  private static String required(Request request, String name) {
    return request
        .query(name)
        .orElseThrow(() -> Problem.invalid("the query parameter " + name + " is missing"));
  }

  private EndpointEntry endpoint(Request request) {
    var named = request.query("endpoint_id");
    if (named.isPresent()) {
      return core.content().endpoint(request.project(), named.get());
    }
    var project = core.content().project(request.project());
    var id =
        request
            .query("branch_id")
            .map(text -> Body.parsed("branch_id", text, TimelineId::of))
            .or(project::defaultBranch)
            .orElseThrow(() -> Problem.invalid("branch_id is missing; name a branch"));
    var branch = core.content().branch(new BranchKey(project.id(), id));
    return core.content().endpointsOf(branch.key()).stream()
        .filter(endpoint -> endpoint.shape().type() == EndpointType.READ_WRITE)
        .findFirst()
        .orElseThrow(
            () ->
                Problem.notFound(
                    "ENDPOINT", "branch '" + branch.name() + "' has no endpoint; make one first"));
  }
}
