package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Contents.Known;
import dev.neonstack.controlplane.catalog.DatabaseEntry;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.NameForm;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import dev.neonstack.neon.controlplane.ProjectRegistration;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import dev.neonstack.neon.controlplane.RegisteredProject;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /neonstack/v1}: for the provider, which looks after storage itself. */
final class RegistrationResource {
  private static final String PROJECTS = "/neonstack/v1/projects";
  private static final String PROJECT = PROJECTS + "/{project}";
  private static final String BRANCHES = PROJECT + "/branches";
  private static final String BRANCH = BRANCHES + "/{branch}";

  private static final ObjectReader READER =
      ControlPlaneJson.mapper()
          .reader()
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private final Core core;

  RegistrationResource(Core core) {
    this.core = core;
  }

  void add(RoutesConfig routes) {
    routes.get(PROJECTS, this::projects);
    routes.put(PROJECT, this::putProject);
    routes.get(PROJECT, this::project);
    routes.delete(PROJECT, this::forgetProject);
    routes.get(BRANCHES, this::branches);
    routes.put(BRANCH, this::putBranch);
    routes.get(BRANCH, this::branch);
    routes.delete(BRANCH, this::forgetBranch);
    routes.post(BRANCH + "/removal", this::beginRemoval);
    routes.put(BRANCH + "/roles/{role}", this::putRole);
    routes.get(BRANCH + "/roles/{role}", this::role);
    routes.patch(BRANCH + "/roles/{role}", this::renameRole);
    routes.delete(BRANCH + "/roles/{role}", this::removeRole);
    routes.put(BRANCH + "/databases/{database}", this::putDatabase);
    routes.patch(BRANCH + "/databases/{database}", this::renameDatabase);
  }

  private void projects(Context context) {
    var request = new Request(context, "owner");
    var owner = request.query("owner");
    var found =
        core.content().projects().values().stream()
            .filter(project -> owner.isEmpty() || project.owner().equals(owner))
            .sorted(Comparator.comparing(Project::createdAt))
            .toList();
    request.ok(Views.wrapped("projects", Views.list(found, RegistrationResource::view)));
  }

  private void putProject(Context context) {
    var request = new Request(context);
    var given = read(request, ProjectRegistration.class);
    requireSame(request.project(), given.id());
    requirePresent("name", given.name());
    requirePresent("history_retention_seconds", given.historyRetention());
    request.ok(Views.wrapped("project", view(core.registrations().register(given))));
  }

  private void project(Context context) {
    var request = new Request(context);
    request.ok(Views.wrapped("project", view(core.content().project(request.project()))));
  }

  private void forgetProject(Context context) {
    var request = new Request(context);
    request.ok(core.registrations().forget(request.project()), done -> Views.object());
  }

  private void branches(Context context) {
    var request = new Request(context, "owner");
    var owner = request.query("owner");
    core.content().project(request.project());
    var found =
        core.content().branchesOf(request.project()).stream()
            .filter(branch -> owner.isEmpty() || branch.owner().equals(owner))
            .toList();
    request.ok(Views.wrapped("branches", Views.list(found, RegistrationResource::view)));
  }

  private void putBranch(Context context) {
    var request = new Request(context);
    var given = read(request, BranchRegistration.class);
    requireSame(request.branch().branch(), given.id());
    requirePresent("name", given.name());
    var branch = core.registrations().register(request.project(), given);
    request.ok(Views.wrapped("branch", view(branch)));
  }

  private void branch(Context context) {
    var request = new Request(context);
    request.ok(Views.wrapped("branch", view(core.content().branch(request.branch()))));
  }

  private void beginRemoval(Context context) {
    var request = new Request(context);
    request.ok(
        core.registrations().beginRemoval(request.branch()),
        branch -> Views.wrapped("branch", view(branch)));
  }

  private void forgetBranch(Context context) {
    var request = new Request(context);
    request.ok(core.registrations().forget(request.branch()), done -> Views.object());
  }

  private void putRole(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().putRole(key, request.name("role"), password(request)),
        done -> Request.done("role", done, role -> Views.roleWithPassword(key, role)));
  }

  private void role(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().role(key, request.name("role")),
        role -> Views.wrapped("role", Views.roleWithPassword(key, role)));
  }

  private void renameRole(Context context) {
    var request = new Request(context);
    var key = request.branch();
    var newName = newName(request);
    request.ok(
        core.accounts().renameRole(key, request.name("role"), newName),
        done -> Request.done("role", done, role -> Views.role(key, role)));
  }

  private void renameDatabase(Context context) {
    var request = new Request(context);
    var key = request.branch();
    var newName = Optional.of(newName(request));
    request.ok(
        core.accounts().changeDatabase(key, request.name("database"), newName, Optional.empty()),
        done -> AccountsResource.view(key, done));
  }

  private void removeRole(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().removeRole(key, request.name("role")),
        done -> Request.done("role", done, role -> Views.role(key, role)));
  }

  private static String newName(Request request) {
    var body = request.body();
    var name = body.requiredText("name");
    body.end();
    return name;
  }

  private static Optional<String> password(Request request) {
    var body = request.body();
    var password = body.text("password");
    body.end();
    return password;
  }

  private void putDatabase(Context context) {
    var request = new Request(context);
    var key = request.branch();
    var body = request.body();
    var owner = body.requiredText("owner_name");
    body.end();
    request.ok(
        core.accounts().putDatabase(key, request.name("database"), owner),
        done -> AccountsResource.view(key, done));
  }

  private static <T> T read(Request request, Class<T> type) {
    try {
      return READER.forType(type).readValue(request.body().json());
    } catch (JsonMappingException e) {
      throw Problem.invalid(
          "the registration cannot be read: %s is not known here, or not of its form or range"
              .formatted(NameForm.shown(field(e))));
    } catch (IOException e) {
      throw Problem.invalid("the registration cannot be read");
    }
  }

  private static String field(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."));
  }

  private static void requirePresent(String field, Object value) {
    if (value == null) {
      throw Problem.invalid(field + " is missing; give it");
    }
  }

  private static void requireSame(Object inPath, Object inBody) {
    if (!inPath.equals(inBody)) {
      throw Problem.invalid("the path names " + inPath + " and the body " + inBody);
    }
  }

  private static JsonNode view(Project project) {
    return tree(
        new RegisteredProject(
            project.id(),
            project.name(),
            project.pgVersion(),
            project.historyRetention(),
            project.region(),
            project.owner(),
            project.createdAt()));
  }

  private static JsonNode view(Branch branch) {
    var seen = Optional.of(branch.contents()).filter(contents -> contents.known() != Known.UNSEEN);
    return tree(
        new RegisteredBranch(
            branch.project(),
            branch.id(),
            branch.name(),
            branch.origin().parent(),
            branch.origin().parentLsn(),
            branch.origin().parentTimestamp(),
            branch.protectedBranch(),
            branch.expiresAt(),
            branch.state() != BranchState.CREATING,
            branch.owner(),
            branch.createdAt(),
            seen.map(contents -> contents.roles().stream().map(RoleEntry::name).toList()),
            seen.map(contents -> contents.databases().stream().map(DatabaseEntry::name).toList())));
  }

  private static JsonNode tree(Object value) {
    return ControlPlaneJson.mapper().valueToTree(value);
  }
}
