package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.project.NewProject;
import dev.neonstack.controlplane.project.Projects;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;

/** {@code /api/v2/projects} and the operations in them. */
final class ProjectsResource {
  private static final int DEFAULT_PG = 17;
  private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  private final Core core;

  ProjectsResource(Core core) {
    this.core = core;
  }

  void add(RoutesConfig routes) {
    routes.get("/api/v2/projects", this::list);
    routes.post("/api/v2/projects", this::create);
    routes.get("/api/v2/projects/{project}", this::get);
    routes.patch("/api/v2/projects/{project}", this::change);
    routes.delete("/api/v2/projects/{project}", this::delete);
    routes.get("/api/v2/projects/{project}/operations", this::operations);
    routes.get("/api/v2/projects/{project}/operations/{operation}", this::operation);
  }

  private void list(Context context) {
    var request = new Request(context);
    var all = new ArrayList<>(core.content().projects().values());
    request.ok(request.page("projects", all, project -> project.id().value(), Views::project));
  }

  private void create(Context context) {
    var request = new Request(context);
    var body = request.body().object("project");
    var branch = body.object("branch");
    var wanted =
        new NewProject(
            body.text("name"),
            body.integer("pg_version").map(Math::toIntExact).orElse(DEFAULT_PG),
            body.integer("history_retention_seconds")
                .map(Duration::ofSeconds)
                .orElse(DEFAULT_RETENTION),
            body.text("region_id"),
            new NewProject.First(
                branch.text("name").orElse("main"),
                branch.text("role_name").orElse("neondb_owner"),
                branch.text("database_name").orElse("neondb")),
            Shapes.of(body.object("default_endpoint_settings")));
    request.created(core.projects().create(wanted), this::created);
  }

  private ObjectNode created(Done<Projects.Created> done) {
    var made = done.result();
    var json = Request.done("project", done, created -> Views.project(created.project()));
    json.set("branch", Views.branch(made.project(), made.branch()));
    json.set(
        "endpoints",
        Views.list(
            made.endpoints(),
            endpoint -> Views.endpoint(endpoint, core.endpoints().status(endpoint))));
    Contained.add(json, made.branch().key(), made.branch().contents(), made.endpoints());
    return json;
  }

  private void get(Context context) {
    var request = new Request(context);
    request.ok(Views.wrapped("project", Views.project(core.content().project(request.project()))));
  }

  private void change(Context context) {
    var request = new Request(context);
    var body = request.body().object("project");
    var retention = body.integer("history_retention_seconds").map(Duration::ofSeconds);
    request.ok(
        core.projects().change(request.project(), body.text("name"), retention),
        project -> Views.wrapped("project", Views.project(project)));
  }

  private void delete(Context context) {
    var request = new Request(context);
    request.ok(
        core.projects().delete(request.project()),
        project -> Views.wrapped("project", Views.project(project)));
  }

  private void operations(Context context) {
    var request = new Request(context);
    var all = core.operations().of(request.project());
    request.ok(request.page("operations", all, operation -> operation.id(), Views::operation));
  }

  private void operation(Context context) {
    var request = new Request(context);
    var found = core.operations().get(request.project(), request.name("operation"));
    request.ok(Views.wrapped("operation", Views.operation(found)));
  }
}
