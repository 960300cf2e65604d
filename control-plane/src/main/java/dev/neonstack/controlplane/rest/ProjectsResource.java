package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.catalog.EndpointDefaults;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.controlplane.project.NewProject;
import dev.neonstack.controlplane.project.Projects;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /api/v2/projects} and the operations in them. */
final class ProjectsResource {
  private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);
  private static final Duration LONGEST_RETENTION = Duration.ofDays(3650);
  private static final int SHORTEST_TIMEOUT = 100;
  private static final int LONGEST_TIMEOUT = 30_000;
  private static final Page.Order<Project> BY_AGE =
      new Page.Order<>(
          project -> Page.key(project.createdAt()), project -> project.id().value(), false);
  private static final Page.Order<Operation> NEWEST_FIRST =
      new Page.Order<>(
          operation -> Page.key(operation.createdAt()), operation -> operation.id(), true);

  private final Core core;

  ProjectsResource(Core core) {
    this.core = core;
  }

  void add(RoutesConfig routes) {
    routes.get("/api/v2/projects", this::list);
    routes.post("/api/v2/projects", this::create);
    routes.get("/api/v2/projects/shared", this::shared);
    routes.get("/api/v2/projects/{project}", this::get);
    routes.patch("/api/v2/projects/{project}", this::change);
    routes.delete("/api/v2/projects/{project}", this::delete);
    routes.get("/api/v2/projects/{project}/operations", this::operations);
    routes.get("/api/v2/projects/{project}/operations/{operation}", this::operation);
  }

  private void list(Context context) {
    var request =
        new Request(context, "limit", "cursor", "search", "org_id", "timeout", "recoverable");
    request
        .query("org_id")
        .ifPresent(
            id -> {
              throw Problem.notFound(
                  "ORGANIZATION", "there are no organizations here; leave out org_id");
            });
    var unused = request.number("timeout", SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    var none = request.flag("recoverable").orElse(false); // what is deleted is gone
    var all =
        core.content().projects().values().stream()
            .filter(project -> !none && matches(request, project.name(), project.id().value()))
            .toList();
    var json = Page.of(request, "projects", all, BY_AGE, Views::listed);
    json.putObject("applications"); // nothing of others is tied to a project here
    json.putObject("integrations");
    request.ok(json);
  }

  private void shared(Context context) {
    var request = new Request(context, "limit", "cursor", "search", "timeout");
    request.ok(Page.of(request, "projects", List.<Project>of(), BY_AGE, Views::listed));
  }

  static boolean matches(Request request, String name, String id) {
    return request
        .query("search")
        .map(text -> text.toLowerCase(Locale.ROOT))
        .map(text -> name.toLowerCase(Locale.ROOT).contains(text) || id.contains(text))
        .orElse(true);
  }

  private void create(Context context) {
    var request = new Request(context);
    var body = request.body();
    var project = body.object("project");
    var branch = project.object("branch");
    var wanted =
        new NewProject(
            project.text("name"),
            project
                .integer("pg_version", Projects.OLDEST_PG, Projects.NEWEST_PG)
                .map(Math::toIntExact)
                .orElse(Projects.NEWEST_PG),
            retention(project).orElse(DEFAULT_RETENTION),
            Optional.empty(),
            first(branch),
            defaults(project, EndpointDefaults.USUAL),
            logicalReplication(project.object("settings")).orElse(false));
    project.only("region_id", Installation.REGION, "expected local, the only region");
    project.only("provisioner", Installation.NAME, "leave it out, as there is one kind only");
    project.only("store_passwords", "true", "passwords are always kept; leave it out");
    project.nothing("org_id", "there are no organizations here; leave it out");
    body.end();
    request.created(core.projects().create(wanted), this::created);
  }

  private static NewProject.First first(Body branch) {
    var database = branch.text("database_name").orElse("neondb");
    return new NewProject.First(
        branch.text("name").orElse("main"),
        branch.text("role_name").orElse(database + "_owner"),
        database,
        Annotations.read(branch, "annotations"));
  }

  private static Optional<Duration> retention(Body project) {
    return project
        .integer("history_retention_seconds", 0, LONGEST_RETENTION.toSeconds())
        .map(Duration::ofSeconds);
  }

  /** The sizes may stand in the project itself, as the first endpoint's, or among the defaults. */
  private static EndpointDefaults defaults(Body project, EndpointDefaults old) {
    return Shapes.defaults(project.object("default_endpoint_settings"), Shapes.sizes(project, old));
  }

  /**
   * Whether logical replication is asked for. What is not offered is refused; what asks for nothing
   * is so already.
   */
  private static Optional<Boolean> logicalReplication(Body settings) {
    settings.nothing("quota", "there are no quotas here; leave it out");
    settings.nothing(
        "allowed_ips", "addresses are not filtered here; leave it out and use a firewall");
    settings.nothing(
        "block_public_connections", "connections are not filtered here; use a firewall");
    settings.nothing("block_vpc_connections", "connections are not filtered here; use a firewall");
    settings.nothing("maintenance_window", "there is no maintenance by itself; leave it out");
    settings.nothing("audit_log_level", "there is no audit log here; leave it out");
    settings.nothing("hipaa", "that is not offered here; leave it out");
    settings.nothing(
        "preload_libraries", "libraries are loaded by the setting shared_preload_libraries");
    return settings.flag("enable_logical_replication");
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
    var body = request.body();
    var project = body.object("project");
    var name = project.text("name");
    var retention = retention(project);
    var defaults =
        project.has("default_endpoint_settings")
            ? Optional.of(
                Shapes.defaults(
                    project.object("default_endpoint_settings"),
                    core.content().project(request.project()).defaults()))
            : Optional.<EndpointDefaults>empty();
    var logical = logicalReplication(project.object("settings"));
    body.end();
    request.ok(
        core.projects()
            .change(request.project(), new Projects.Change(name, retention, defaults, logical)),
        done -> Request.done("project", done, Views::project));
  }

  private void delete(Context context) {
    var request = new Request(context);
    request.ok(
        core.projects().delete(request.project()),
        project -> Views.wrapped("project", Views.project(project)));
  }

  private void operations(Context context) {
    var request = new Request(context, "limit", "cursor");
    var all = core.operations().of(request.project());
    request.ok(Page.of(request, "operations", all, NEWEST_FIRST, Views::operation));
  }

  private void operation(Context context) {
    var request = new Request(context);
    var found = core.operations().get(request.project(), request.name("operation"));
    request.ok(Views.wrapped("operation", Views.operation(found)));
  }
}
