package dev.neonstack.controlplane.account;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.DatabaseEntry;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.EndpointEntry.Desired;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.operation.Operations;
import dev.neonstack.controlplane.operation.Tools;
import dev.neonstack.controlplane.problem.Names;
import dev.neonstack.controlplane.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The roles and databases of branches. A change reaches the Postgres of a running endpoint before
 * it is answered, and that of a sleeping one when it is started.
 */
public final class Accounts {
  private final Tools tools;
  private final Operations operations;

  public Accounts(Tools tools, Operations operations) {
    this.tools = tools;
    this.operations = operations;
  }

  /** Makes a role; its name must be free. */
  public CompletableFuture<Done<RoleEntry>> createRole(
      BranchKey key, String name, Optional<String> password) {
    Names.role(name);
    var fresh = fresh(name, password);
    return change(
        key,
        (content, branch) -> {
          if (branch.contents().role(name).isPresent()) {
            throw Problem.conflict(
                "role '%s' exists on branch %s already".formatted(name, branch.label()));
          }
          return new Edit<>(content, branch.contents().with(fresh), fresh);
        });
  }

  /**
   * Makes the role or takes over the one of that name, whose password stays unless one is given.
   */
  public CompletableFuture<Done<RoleEntry>> putRole(
      BranchKey key, String name, Optional<String> password) {
    Names.role(name);
    var known = tools.store().content().branch(key).contents().role(name);
    if (known.isPresent() && password.filter(p -> !p.equals(known.get().password())).isEmpty()) {
      return change(
          key,
          (content, branch) -> {
            var role = branch.contents().role(name).orElse(known.get());
            return new Edit<>(content, branch.contents().with(role), role);
          });
    }
    return setPassword(key, name, password);
  }

  /** Gives the role a drawn password. */
  public CompletableFuture<Done<RoleEntry>> resetPassword(BranchKey key, String name) {
    role(key, name);
    return setPassword(key, name, Optional.empty());
  }

  private CompletableFuture<Done<RoleEntry>> setPassword(
      BranchKey key, String name, Optional<String> password) {
    var fresh = fresh(name, password);
    return change(
        key,
        (content, branch) -> {
          var since = branch.contents().role(name).orElse(fresh).createdAt();
          var role =
              new RoleEntry(
                  name, fresh.password(), fresh.scramVerifier(), since, fresh.updatedAt());
          return new Edit<>(content, branch.contents().with(role), role);
        });
  }

  private RoleEntry fresh(String name, Optional<String> given) {
    var password = given.map(Passwords::check).orElseGet(Passwords::draw);
    var now = tools.now();
    return new RoleEntry(name, password, ScramVerifier.of(password), now, now);
  }

  /** The role, or the problem that there is none. */
  public RoleEntry role(BranchKey key, String name) {
    return role(tools.store().content().branch(key), name);
  }

  private static RoleEntry role(Branch branch, String name) {
    return branch
        .contents()
        .role(name)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "ROLE", "there is no role '%s' on branch %s".formatted(name, branch.label())));
  }

  /** Drops a role; refused while it owns databases. */
  public CompletableFuture<Done<RoleEntry>> deleteRole(BranchKey key, String name) {
    return change(
        key,
        (content, branch) -> {
          var role = role(branch, name);
          var owned =
              branch.contents().databases().stream()
                  .filter(database -> database.owner().equals(name))
                  .map(DatabaseEntry::name)
                  .toList();
          if (!owned.isEmpty()) {
            throw Problem.conflict(
                "role '%s' owns databases of branch %s: %s; delete them or change their owner first"
                    .formatted(name, branch.label(), String.join(", ", owned)));
          }
          return new Edit<>(content, branch.contents().withoutRole(name), role);
        });
  }

  /** Makes a database; its name must be free. */
  public CompletableFuture<Done<DatabaseEntry>> createDatabase(
      BranchKey key, String name, String owner) {
    Names.database(name);
    return change(
        key,
        (content, branch) -> {
          refuseTaken(branch, name);
          return edit(content, branch, name, owner);
        });
  }

  /** Makes the database or takes over the one of that name. */
  public CompletableFuture<Done<DatabaseEntry>> putDatabase(
      BranchKey key, String name, String owner) {
    Names.database(name);
    return change(key, (content, branch) -> edit(content, branch, name, owner));
  }

  /** Gives the database another owner. */
  public CompletableFuture<Done<DatabaseEntry>> changeDatabase(
      BranchKey key, String name, Optional<String> owner) {
    return change(
        key,
        (content, branch) ->
            edit(content, branch, name, owner.orElse(database(branch, name).owner())));
  }

  private static void refuseTaken(Branch branch, String name) {
    if (branch.contents().database(name).isPresent()) {
      throw Problem.conflict(
          "database '%s' exists on branch %s already".formatted(name, branch.label()));
    }
  }

  private Edit<DatabaseEntry> edit(Content content, Branch branch, String name, String owner) {
    role(branch, owner);
    var known = branch.contents().database(name);
    if (known.filter(database -> database.owner().equals(owner)).isPresent()) {
      return new Edit<>(content, branch.contents(), known.get());
    }
    var now = tools.now();
    var id = known.map(DatabaseEntry::id).orElse(content.lastDatabaseId() + 1);
    var database =
        new DatabaseEntry(id, name, owner, known.map(DatabaseEntry::createdAt).orElse(now), now);
    return new Edit<>(
        content.numbered(Math.max(id, content.lastDatabaseId())),
        branch.contents().with(database),
        database);
  }

  /** The database, or the problem that there is none. */
  public DatabaseEntry database(BranchKey key, String name) {
    return database(tools.store().content().branch(key), name);
  }

  private static DatabaseEntry database(Branch branch, String name) {
    return branch
        .contents()
        .database(name)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "DATABASE",
                    "there is no database '%s' on branch %s".formatted(name, branch.label())));
  }

  /** Drops a database with its data. */
  public CompletableFuture<Done<DatabaseEntry>> deleteDatabase(BranchKey key, String name) {
    return change(
        key,
        (content, branch) ->
            new Edit<>(content, branch.contents().withoutDatabase(name), database(branch, name)));
  }

  private <T> CompletableFuture<Done<T>> change(
      BranchKey key, BiFunction<Content, Branch, Edit<T>> edit) {
    var begun = tools.store().update(content -> begin(content, key, edit));
    if (begun.running().isEmpty()) {
      return CompletableFuture.completedFuture(
          new Done<>(begun.result(), List.of(begun.operation())));
    }
    var applied =
        CompletableFuture.allOf(
            begun.running().stream()
                .map(endpoint -> tools.computes().settle(endpoint.id()))
                .toArray(CompletableFuture<?>[]::new));
    return operations
        .end(begun.operation(), applied)
        .thenApply(operation -> new Done<>(begun.result(), List.of(operation)));
  }

  private <T> Store.Change<Begun<T>> begin(
      Content content, BranchKey key, BiFunction<Content, Branch, Edit<T>> function) {
    var branch = content.branch(key);
    if (branch.state() == BranchState.DELETING) {
      throw Problem.locked("branch " + branch.label() + " is being deleted");
    }
    var edit = function.apply(content, branch);
    var running =
        content.endpointsOf(key).stream().filter(e -> e.desired() == Desired.ACTIVE).toList();
    var begun = operations.onBranch(key, "apply_config");
    var operation = running.isEmpty() ? begun.ended(Optional.empty(), tools.now()) : begun;
    if (edit.contents().equals(branch.contents()) && running.isEmpty()) {
      return new Store.Change<>(content, new Begun<>(edit.result(), operation, running));
    }
    var changed = edit.content().with(branch.holding(edit.contents(), tools.now())).with(operation);
    return new Store.Change<>(changed, new Begun<>(edit.result(), operation, running));
  }

  /** Picks out of the branch's contents what a list of REST shows. */
  public <T> List<T> list(BranchKey key, Function<Contents, List<T>> part) {
    return part.apply(tools.store().content().branch(key).contents());
  }

  private record Edit<T>(Content content, Contents contents, T result) {}

  private record Begun<T>(T result, Operation operation, List<EndpointEntry> running) {}
}
