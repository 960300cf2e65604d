package dev.neonstack.controlplane.account;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.Contents.Known;
import dev.neonstack.controlplane.catalog.DatabaseEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.catalog.Secret;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.operation.Operations;
import dev.neonstack.controlplane.operation.Tools;
import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.problem.Names;
import dev.neonstack.controlplane.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles and databases of branches: what the branch's data holds, whoever put it there. They are
 * read from its Postgres and changed in it, which is started for the occasion where none runs.
 * Where no computes run, a change waits for the first Postgres there will be.
 */
public final class Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  /** Every role of the API is in it. */
  private static final String GROUP = "neon_superuser";

  private final Tools tools;
  private final Operations operations;
  private final Holdings holdings;

  public Accounts(Tools tools, Operations operations, Holdings holdings) {
    this.tools = tools;
    this.operations = operations;
    this.holdings = holdings;
  }

  /** The roles and databases of the branch. */
  public CompletableFuture<Contents> look(BranchKey key) {
    var contents = tools.store().content().branch(key).contents();
    if (contents.known() == Known.EXACTLY || !tools.runtime().capabilities().computes()) {
      return CompletableFuture.completedFuture(contents);
    }
    return visiting(key, () -> holdings.read(key));
  }

  /** The same of a branch that was made just before: what is known of it already will do. */
  public CompletableFuture<Contents> lookAtNew(BranchKey key) {
    var contents = tools.store().content().branch(key).contents();
    return contents.known() == Known.UNSEEN
        ? look(key)
        : CompletableFuture.completedFuture(contents);
  }

  /** The roles and databases of the branch at this moment; empty where they cannot be seen. */
  public Optional<Contents> glance(BranchKey key) {
    if (!tools.runtime().capabilities().computes()) {
      return Optional.empty();
    }
    if (tools.store().content().branch(key).contents().known() != Known.EXACTLY) {
      try {
        tools.computes().visiting(key, () -> holdings.read(key));
      } catch (Problem e) {
        LOG.info("Branch {} cannot be looked at: {}", key.branch(), e.getMessage());
        return Optional.empty();
      }
    }
    return Optional.of(tools.store().content().branch(key).contents());
  }

  private <T> CompletableFuture<T> visiting(BranchKey key, Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        () -> tools.computes().visiting(key, work), tools.workers());
  }

  /** The role, or the problem that there is none. */
  public CompletableFuture<RoleEntry> role(BranchKey key, String name) {
    return look(key).thenApply(contents -> role(label(key), contents, name));
  }

  /** The database, or the problem that there is none. */
  public CompletableFuture<DatabaseEntry> database(BranchKey key, String name) {
    return look(key).thenApply(contents -> database(label(key), contents, name));
  }

  private String label(BranchKey key) {
    return tools.store().content().branch(key).label();
  }

  /** The role of that name, or the problem that the branch has none. */
  public static RoleEntry role(String branch, Contents contents, String name) {
    return contents
        .role(name)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "ROLE", "there is no role '%s' on branch %s".formatted(name, branch)));
  }

  /** The database of that name, or the problem that the branch has none. */
  public static DatabaseEntry database(String branch, Contents contents, String name) {
    return contents
        .database(name)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "DATABASE", "there is no database '%s' on branch %s".formatted(name, branch)));
  }

  /** Makes a role that may not log in; its name must be free. */
  public CompletableFuture<Done<RoleEntry>> createGroup(BranchKey key, String name) {
    Names.role(name);
    return change(
        key,
        branch -> {
          requireFree(branch, "role", name, branch.contents().role(name).isPresent());
          return Edit.of(
              AccountChange.putGroup(name), contents -> role(branch.label(), contents, name));
        });
  }

  /** Makes a role that may log in; its name must be free. */
  public CompletableFuture<Done<RoleEntry>> createRole(
      BranchKey key, String name, Optional<String> password) {
    Names.role(name);
    var secret = fresh(name, password);
    return change(
        key,
        branch -> {
          requireFree(branch, "role", name, branch.contents().role(name).isPresent());
          return put(branch, secret);
        });
  }

  /**
   * Makes the role or takes over the one of that name, whose password stays unless one is given.
   */
  public CompletableFuture<Done<RoleEntry>> putRole(
      BranchKey key, String name, Optional<String> password) {
    Names.role(name);
    var secret = fresh(name, password);
    return change(
        key,
        branch -> {
          var known = branch.contents().role(name);
          var stays = known.isPresent() && password.filter(p -> !has(known.get(), p)).isEmpty();
          return stays ? Edit.none(known.get()) : put(branch, secret);
        });
  }

  private static boolean has(RoleEntry role, String password) {
    return role.password().equals(Optional.of(password));
  }

  /** Gives the role a drawn password. */
  public CompletableFuture<Done<RoleEntry>> resetPassword(BranchKey key, String name) {
    var secret = fresh(name, Optional.empty());
    return change(
        key,
        branch -> {
          role(branch.label(), branch.contents(), name);
          return put(branch, secret);
        });
  }

  private Secret fresh(String name, Optional<String> given) {
    return holdings.secret(name, given.map(Passwords::check).orElseGet(Passwords::draw));
  }

  private static Edit<RoleEntry> put(Branch branch, Secret secret) {
    return new Edit<>(
        List.of(AccountChange.putRole(secret.role(), secret.verifier())),
        Optional.of(secret),
        contents -> role(branch.label(), contents, secret.role()));
  }

  /** Gives the role another name; its password stays. */
  public CompletableFuture<Done<RoleEntry>> renameRole(BranchKey key, String name, String newName) {
    Names.role(newName);
    return change(
        key,
        branch -> {
          role(branch.label(), branch.contents(), name);
          requireFree(branch, "role", newName, branch.contents().role(newName).isPresent());
          return Edit.of(
              AccountChange.renameRole(name, newName),
              contents -> role(branch.label(), contents, newName));
        });
  }

  private static void requireFree(Branch branch, String what, String name, boolean taken) {
    if (taken) {
      throw Problem.conflict(
          "%s '%s' exists on branch %s already".formatted(what, name, branch.label()));
    }
  }

  /** Drops a role; refused while it owns databases. */
  public CompletableFuture<Done<RoleEntry>> deleteRole(BranchKey key, String name) {
    return change(
        key,
        branch -> {
          var role = role(branch.label(), branch.contents(), name);
          var owned = ownedBy(branch, name);
          if (!owned.isEmpty()) {
            throw Problem.conflict(
                "role '%s' owns databases of branch %s: %s; delete them or change their owner first"
                    .formatted(name, branch.label(), String.join(", ", owned)));
          }
          return Edit.of(AccountChange.dropRole(name), contents -> role);
        });
  }

  /** Drops a role; the databases it owns go to the group of all roles. */
  public CompletableFuture<Done<RoleEntry>> removeRole(BranchKey key, String name) {
    return change(
        key,
        branch -> {
          var role = role(branch.label(), branch.contents(), name);
          var changes =
              Stream.concat(
                  ownedBy(branch, name).stream()
                      .map(database -> AccountChange.putDatabase(database, GROUP)),
                  Stream.of(AccountChange.dropRole(name)));
          return new Edit<>(changes.toList(), Optional.empty(), contents -> role);
        });
  }

  private static List<String> ownedBy(Branch branch, String role) {
    return branch.contents().databases().stream()
        .filter(database -> database.owner().equals(role))
        .map(DatabaseEntry::name)
        .toList();
  }

  /** Makes a database; its name must be free. */
  public CompletableFuture<Done<DatabaseEntry>> createDatabase(
      BranchKey key, String name, String owner) {
    Names.database(name);
    return change(
        key,
        branch -> {
          requireFree(branch, "database", name, branch.contents().database(name).isPresent());
          return put(branch, name, owner);
        });
  }

  /** Makes the database or takes over the one of that name. */
  public CompletableFuture<Done<DatabaseEntry>> putDatabase(
      BranchKey key, String name, String owner) {
    Names.database(name);
    return change(key, branch -> put(branch, name, owner));
  }

  /** Gives the database another name, another owner, or both; what is absent stays. */
  public CompletableFuture<Done<DatabaseEntry>> changeDatabase(
      BranchKey key, String name, Optional<String> newName, Optional<String> owner) {
    newName.ifPresent(Names::database);
    return change(
        key,
        branch -> {
          var known = database(branch.label(), branch.contents(), name);
          owner.ifPresent(wanted -> role(branch.label(), branch.contents(), wanted));
          var changes = new ArrayList<AccountChange>();
          var becomes = newName.orElse(name);
          if (!becomes.equals(name)) {
            var taken = branch.contents().database(becomes).isPresent();
            requireFree(branch, "database", becomes, taken);
            changes.add(AccountChange.renameDatabase(name, becomes));
          }
          owner
              .filter(wanted -> !wanted.equals(known.owner()))
              .ifPresent(wanted -> changes.add(AccountChange.putDatabase(becomes, wanted)));
          return new Edit<>(
              changes, Optional.empty(), contents -> database(branch.label(), contents, becomes));
        });
  }

  private static Edit<DatabaseEntry> put(Branch branch, String name, String owner) {
    role(branch.label(), branch.contents(), owner);
    var known = branch.contents().database(name);
    return known.filter(database -> database.owner().equals(owner)).isPresent()
        ? Edit.none(known.get())
        : Edit.of(
            AccountChange.putDatabase(name, owner),
            contents -> database(branch.label(), contents, name));
  }

  /** Drops a database with its data. */
  public CompletableFuture<Done<DatabaseEntry>> deleteDatabase(BranchKey key, String name) {
    return change(
        key,
        branch -> {
          var database = database(branch.label(), branch.contents(), name);
          return Edit.of(AccountChange.dropDatabase(name), contents -> database);
        });
  }

  private <T> CompletableFuture<Done<T>> change(BranchKey key, Function<Branch, Edit<T>> edit) {
    if (!tools.runtime().capabilities().computes()) {
      return CompletableFuture.completedFuture(
          tools.store().update(content -> want(content, key, edit)));
    }
    var begun = operations.onBranch(key, "apply_config");
    return visiting(key, () -> make(key, edit, begun));
  }

  private <T> Done<T> make(BranchKey key, Function<Branch, Edit<T>> function, Operation begun) {
    var contents = holdings.read(key);
    var edit = function.apply(tools.store().content().branch(key).holding(contents));
    edit.secret().ifPresent(secret -> holdings.remember(key, secret));
    var after = edit.changes().isEmpty() ? contents : holdings.change(key, edit.changes());
    var operation = begun.ended(Optional.empty(), tools.now());
    tools.store().update(content -> new Store.Change<>(content.with(operation), null));
    return new Done<>(edit.result().apply(after), List.of(operation));
  }

  private <T> Store.Change<Done<T>> want(
      Content content, BranchKey key, Function<Branch, Edit<T>> function) {
    var branch = content.branch(key);
    if (branch.state() == BranchState.DELETING) {
      throw Problem.locked("branch " + branch.label() + " is being deleted");
    }
    var edit = function.apply(branch);
    var history = content.project(key.project()).historyRetention();
    var number = new AtomicLong(content.lastDatabaseId());
    var contents =
        edit.secret()
            .map(secret -> branch.contents().with(secret, history))
            .orElse(branch.contents());
    for (var change : edit.changes()) {
      contents = contents.wanting(change, tools.now(), number::incrementAndGet);
    }
    var operation = operations.onBranch(key, "apply_config").ended(Optional.empty(), tools.now());
    var done = new Done<>(edit.result().apply(contents), List.of(operation));
    return new Store.Change<>(
        edit.changes().isEmpty()
            ? content
            : content.with(branch.holding(contents)).numbered(number.get()).with(operation),
        done);
  }

  /**
   * What a request means on a branch.
   *
   * @param changes what is to be changed
   * @param secret a password that goes with it
   * @param result what is answered, out of what the branch holds then
   */
  private record Edit<T>(
      List<AccountChange> changes, Optional<Secret> secret, Function<Contents, T> result) {
    static <T> Edit<T> none(T result) {
      return new Edit<>(List.of(), Optional.empty(), contents -> result);
    }

    static <T> Edit<T> of(AccountChange change, Function<Contents, T> result) {
      return new Edit<>(List.of(change), Optional.empty(), result);
    }
  }
}
