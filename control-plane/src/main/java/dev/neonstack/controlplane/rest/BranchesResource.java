package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.branch.NewBranch;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /api/v2/projects/…/branches}. */
final class BranchesResource {
  private static final String ALL = "/api/v2/projects/{project}/branches";
  private static final String ONE = ALL + "/{branch}";

  private static final String[] SETTLED_ONCE = {
    "name", "parent_id", "parent_lsn", "parent_timestamp", "protected", "expires_at"
  };

  private final Core core;

  BranchesResource(Core core) {
    this.core = core;
  }

  /** A branch and what was started on it. */
  private record Made(Branch branch, List<EndpointEntry> endpoints, List<Operation> operations) {}

  void add(RoutesConfig routes) {
    routes.get(ALL, this::list);
    routes.post(ALL, this::create);
    routes.get(ONE, this::get);
    routes.patch(ONE, this::change);
    routes.delete(ONE, this::delete);
    routes.post(ONE + "/set_as_default", this::setAsDefault);
    routes.get(ONE + "/endpoints", this::endpoints);
  }

  private ObjectNode view(Branch branch) {
    return Views.branch(core.content().project(branch.project()), branch);
  }

  private void list(Context context) {
    var request = new Request(context);
    var content = core.content();
    content.project(request.project());
    var all = content.branchesOf(request.project());
    request.ok(request.page("branches", all, branch -> branch.id().value(), this::view));
  }

  private void create(Context context) {
    var request = new Request(context);
    var body = request.body().only("branch", "endpoints");
    var branch = body.object("branch").only(SETTLED_ONCE);
    var wanted =
        new NewBranch(
            branch.text("name"),
            branch.value("parent_id", TimelineId::of),
            branch.value("parent_lsn", Lsn::parse),
            branch.time("parent_timestamp"),
            branch.flag("protected").orElse(false),
            branch.time("expires_at"));
    var shapes = body.objects("endpoints").stream().map(Shapes::of).toList();
    core.endpoints().check(core.content().project(request.project()).pgVersion(), shapes);
    var made =
        core.branches()
            .create(request.project(), wanted)
            .thenCompose(
                done ->
                    core.endpoints()
                        .create(done.result().key(), shapes)
                        .thenCompose(started -> made(done, started)));
    request.created(made, this::view);
  }

  private CompletableFuture<Made> made(Done<Branch> done, Done<List<EndpointEntry>> started) {
    var operations = new ArrayList<>(done.operations());
    operations.addAll(started.operations());
    return core.accounts()
        .look(done.result().key())
        .thenApply(
            contents -> new Made(done.result().holding(contents), started.result(), operations));
  }

  private ObjectNode view(Made made) {
    var json = Views.wrapped("branch", view(made.branch()));
    json.set("endpoints", Views.list(made.endpoints(), this::endpoint));
    json.set("operations", Views.list(made.operations(), Views::operation));
    Contained.add(json, made.branch().key(), made.branch().contents(), made.endpoints());
    return json;
  }

  private ObjectNode endpoint(EndpointEntry endpoint) {
    return Views.endpoint(endpoint, core.endpoints().status(endpoint));
  }

  private void get(Context context) {
    var request = new Request(context);
    request.ok(Views.wrapped("branch", view(core.content().branch(request.branch()))));
  }

  private void change(Context context) {
    var request = new Request(context);
    var body =
        request.body().only("branch").object("branch").only("name", "protected", "expires_at");
    Optional<Optional<Instant>> expiresAt =
        body.json().has("expires_at") ? Optional.of(body.time("expires_at")) : Optional.empty();
    var branch =
        core.branches()
            .change(request.branch(), body.text("name"), body.flag("protected"), expiresAt);
    request.ok(Views.wrapped("branch", view(branch)));
  }

  private void setAsDefault(Context context) {
    var request = new Request(context);
    request.ok(
        core.branches().setAsDefault(request.branch()),
        done -> Request.done("branch", done, this::view));
  }

  private void delete(Context context) {
    var request = new Request(context);
    request.ok(
        core.branches().delete(request.branch()), done -> Request.done("branch", done, this::view));
  }

  private void endpoints(Context context) {
    var request = new Request(context);
    core.content().branch(request.branch());
    var all = core.content().endpointsOf(request.branch());
    request.ok(Views.wrapped("endpoints", Views.list(all, this::endpoint)));
  }
}
