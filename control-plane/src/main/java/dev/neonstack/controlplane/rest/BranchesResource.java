package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.branch.NewBranch;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** {@code /api/v2/projects/…/branches}. */
final class BranchesResource {
  private static final String ALL = "/api/v2/projects/{project}/branches";
  private static final String ONE = ALL + "/{branch}";

  private final Core core;

  BranchesResource(Core core) {
    this.core = core;
  }

  /** A branch and what was started on it. */
  private record Made(Branch branch, List<EndpointEntry> endpoints, List<Operation> operations) {}

  void add(RoutesConfig routes) {
    routes.get(ALL, this::list);
    routes.post(ALL, this::create);
    routes.get(ALL + "/count", this::count);
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
    var request =
        new Request(
            context, "limit", "cursor", "search", "sort_by", "sort_order", "include_deleted");
    var unused = request.flag("include_deleted"); // what is deleted is gone
    var key = request.word("sort_by", List.of("name", "created_at", "updated_at"));
    var direction = request.word("sort_order", List.of("asc", "desc"));
    var order = order(key.orElse("created_at"), direction.orElse("asc"));
    var found = matching(request);
    var json = Page.of(request, "branches", found, order, this::view);
    var shown = json.path("branches").findValuesAsText("id");
    var annotations = json.putObject("annotations");
    found.stream()
        .filter(branch -> !branch.annotations().isEmpty() && shown.contains(branch.id().value()))
        .forEach(branch -> annotations.set(branch.id().value(), Views.annotation(branch)));
    if (json.path("pagination") instanceof ObjectNode pagination) {
      pagination.put("sort_by", key.orElse("created_at"));
      pagination.put("sort_order", direction.orElse("asc").toUpperCase(Locale.ROOT));
    }
    request.ok(json);
  }

  private List<Branch> matching(Request request) {
    var content = core.content();
    content.project(request.project());
    return content.branchesOf(request.project()).stream()
        .filter(branch -> ProjectsResource.matches(request, branch.name(), branch.id().value()))
        .toList();
  }

  private static Page.Order<Branch> order(String key, String direction) {
    Function<Branch, String> by =
        switch (key) {
          case "name" -> Branch::name;
          case "updated_at" -> branch -> Page.key(branch.updatedAt());
          default -> branch -> Page.key(branch.createdAt());
        };
    return new Page.Order<>(by, branch -> branch.id().value(), direction.equals("desc"));
  }

  private void count(Context context) {
    var request = new Request(context, "search");
    request.ok(Views.object().put("count", matching(request).size()));
  }

  private void create(Context context) {
    var request = new Request(context);
    var body = request.body();
    var branch = body.object("branch");
    var wanted =
        new NewBranch(
            branch.text("name"),
            branch.value("parent_id", TimelineId::of),
            branch.value("parent_lsn", Lsn::parse),
            branch.time("parent_timestamp"),
            branch.flag("protected").orElse(false),
            branch.time("expires_at"),
            Annotations.read(body, "annotation_value"));
    branch.only("archived", "false", "a new branch is never archived; leave it out");
    branch.only(
        "init_source", "parent-data", "a branch starts with its parent's data; leave it out");
    var project = core.content().project(request.project());
    var shapes =
        body.objects("endpoints").stream()
            .map(part -> Shapes.of(part, project.defaults()))
            .toList();
    body.end();
    core.endpoints().check(project.pgVersion(), shapes);
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
    var key = done.result().key();
    var isNew = !done.operations().isEmpty();
    return (isNew ? core.accounts().lookAtNew(key) : core.accounts().look(key))
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
    var branch = core.content().branch(request.branch());
    var json = Views.wrapped("branch", view(branch));
    json.set("annotation", Views.annotation(branch));
    request.ok(json);
  }

  private void change(Context context) {
    var request = new Request(context);
    var body = request.body();
    var branch = body.object("branch");
    var name = branch.text("name");
    var keep = branch.flag("protected");
    Optional<Optional<Instant>> expiresAt =
        branch.names("expires_at") ? Optional.of(branch.time("expires_at")) : Optional.empty();
    body.end();
    var changed = core.branches().change(request.branch(), name, keep, expiresAt);
    request.ok(done(new Done<>(changed, List.of())));
  }

  private JsonNode done(Done<Branch> done) {
    return Request.done("branch", done, this::view);
  }

  private void setAsDefault(Context context) {
    var request = new Request(context);
    request.ok(core.projects().setAsDefault(request.branch()), this::done);
  }

  private void delete(Context context) {
    var request = new Request(context, "hard_delete");
    if (!request.flag("hard_delete").orElse(true)) {
      throw Problem.refused(
          "hard_delete is false, and a deleted branch cannot be brought back here; leave it out");
    }
    request.ok(core.branches().delete(request.branch()), this::done);
  }

  private void endpoints(Context context) {
    var request = new Request(context);
    core.content().branch(request.branch());
    var all = core.content().endpointsOf(request.branch());
    request.ok(Views.wrapped("endpoints", Views.list(all, this::endpoint)));
  }
}
