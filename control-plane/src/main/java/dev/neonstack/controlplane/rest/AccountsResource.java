package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.DatabaseEntry;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.problem.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Roles and databases of a branch. */
final class AccountsResource {
  private static final String BRANCH = "/api/v2/projects/{project}/branches/{branch}";
  private static final String ROLE = BRANCH + "/roles/{role}";
  private static final String DATABASE = BRANCH + "/databases/{database}";

  private final Core core;

  AccountsResource(Core core) {
    this.core = core;
  }

  void add(RoutesConfig routes) {
    routes.get(BRANCH + "/roles", this::roles);
    routes.post(BRANCH + "/roles", this::createRole);
    routes.get(ROLE, this::role);
    routes.delete(ROLE, this::deleteRole);
    routes.get(ROLE + "/reveal_password", this::revealPassword);
    routes.post(ROLE + "/reset_password", this::resetPassword);
    routes.get(BRANCH + "/databases", this::databases);
    routes.post(BRANCH + "/databases", this::createDatabase);
    routes.get(DATABASE, this::database);
    routes.patch(DATABASE, this::changeDatabase);
    routes.delete(DATABASE, this::deleteDatabase);
  }

  private void roles(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().look(key),
        found -> Views.wrapped("roles", Views.list(found.roles(), role -> Views.role(key, role))));
  }

  private void createRole(Context context) {
    var request = new Request(context);
    var key = request.branch();
    var body = request.body();
    var role = body.object("role");
    var name = role.requiredText("name");
    var password = role.text("password");
    var noLogin = role.flag("no_login").orElse(false);
    body.end();
    if (noLogin && password.isPresent()) {
      throw Problem.invalid(
          "role.password goes with a role that may log in; leave out one of them");
    }
    request.created(
        noLogin
            ? core.accounts().createGroup(key, name)
            : core.accounts().createRole(key, name, password),
        done -> withPassword(key, done));
  }

  private void role(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().role(key, request.name("role")),
        role -> Views.wrapped("role", Views.role(key, role)));
  }

  private void deleteRole(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().deleteRole(key, request.name("role")),
        done -> Request.done("role", done, role -> Views.role(key, role)));
  }

  private void revealPassword(Context context) {
    var request = new Request(context);
    request.ok(
        core.accounts().role(request.branch(), request.name("role")),
        role -> Views.object().put("password", password(role)));
  }

  private static String password(RoleEntry role) {
    return role.password()
        .orElseThrow(
            () ->
                Problem.unknown(
                    "the password of role '%s' was set by SQL, so it is not known here; reset it to"
                            .formatted(role.name())
                        + " have one that is"));
  }

  private void resetPassword(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().resetPassword(key, request.name("role")), done -> withPassword(key, done));
  }

  private static JsonNode withPassword(BranchKey key, Done<RoleEntry> done) {
    return Request.done("role", done, role -> Views.roleWithPassword(key, role));
  }

  private void databases(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().look(key),
        found ->
            Views.wrapped(
                "databases",
                Views.list(found.databases(), database -> Views.database(key, database))));
  }

  private void createDatabase(Context context) {
    var request = new Request(context);
    var key = request.branch();
    var body = request.body();
    var database = body.object("database");
    var name = database.requiredText("name");
    var owner = database.requiredText("owner_name");
    body.end();
    request.created(core.accounts().createDatabase(key, name, owner), done -> view(key, done));
  }

  private void database(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().database(key, request.name("database")),
        database -> Views.wrapped("database", Views.database(key, database)));
  }

  private void changeDatabase(Context context) {
    var request = new Request(context);
    var key = request.branch();
    var body = request.body();
    var database = body.object("database");
    var owner = database.text("owner_name");
    var newName = database.text("name");
    body.end();
    request.ok(
        core.accounts().changeDatabase(key, request.name("database"), newName, owner),
        done -> view(key, done));
  }

  private void deleteDatabase(Context context) {
    var request = new Request(context);
    var key = request.branch();
    request.ok(
        core.accounts().deleteDatabase(key, request.name("database")), done -> view(key, done));
  }

  static JsonNode view(BranchKey key, Done<DatabaseEntry> done) {
    return Request.done("database", done, database -> Views.database(key, database));
  }
}
