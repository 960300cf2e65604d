package dev.neonstack.controlplane.project;

import dev.neonstack.controlplane.account.Passwords;
import dev.neonstack.controlplane.account.ScramVerifier;
import dev.neonstack.controlplane.branch.Branches;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.EndpointDefaults;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.EndpointShape;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.catalog.Secret;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.endpoint.EndpointIds;
import dev.neonstack.controlplane.endpoint.Endpoints;
import dev.neonstack.controlplane.lifetime.Expiry;
import dev.neonstack.controlplane.lifetime.Readiness;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.operation.Operations;
import dev.neonstack.controlplane.operation.Tools;
import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.problem.Names;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.controlplane.registration.Registrations;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Projects whose storage the control plane looks after itself. */
public final class Projects {
  /** The oldest major version of PostgreSQL there is. */
  public static final int OLDEST_PG = 14;

  /** The newest, which is taken when a request does not say. */
  public static final int NEWEST_PG = 17;

  private final Tools tools;
  private final Operations operations;
  private final Branches branches;
  private final Endpoints endpoints;

  public Projects(Tools tools, Operations operations, Branches branches, Endpoints endpoints) {
    this.tools = tools;
    this.operations = operations;
    this.branches = branches;
    this.endpoints = endpoints;
  }

  /**
   * What a new project holds.
   *
   * @param project the project
   * @param branch its first branch, with a role and a database
   * @param endpoints its endpoint; none where no computes run
   */
  public record Created(Project project, Branch branch, List<EndpointEntry> endpoints) {}

  /**
   * Makes a project with a first branch, a role, a database and, where computes run, an endpoint
   * that runs.
   */
  public CompletableFuture<Done<Created>> create(NewProject wanted) {
    var shapes = endpoints.first(EndpointShape.of(wanted.defaults()));
    check(wanted, shapes);
    return CompletableFuture.supplyAsync(() -> make(wanted), tools.workers())
        .thenCompose(
            made ->
                endpoints
                    .create(made.result().key(), shapes)
                    .thenApply(started -> created(made, started)));
  }

  private Done<Created> created(Done<Branch> made, Done<List<EndpointEntry>> started) {
    var done = new ArrayList<>(made.operations());
    done.addAll(started.operations());
    var content = tools.store().content();
    return new Done<>(
        new Created(
            content.project(made.result().project()),
            content.branch(made.result().key()),
            started.result()),
        done);
  }

  private void check(NewProject wanted, List<EndpointShape> shapes) {
    wanted.name().ifPresent(Names::project);
    Names.branch(wanted.first().branch());
    Names.role(wanted.first().role());
    Names.database(wanted.first().database());
    if (wanted.pgVersion() < OLDEST_PG || wanted.pgVersion() > NEWEST_PG) {
      throw Problem.invalid(
          "pg_version is %d; expected %d to %d"
              .formatted(wanted.pgVersion(), OLDEST_PG, NEWEST_PG));
    }
    endpoints.check(wanted.pgVersion(), shapes);
  }

  private void check(int pgVersion, EndpointDefaults defaults) {
    endpoints.check(pgVersion, endpoints.first(EndpointShape.of(defaults)));
  }

  private Done<Branch> make(NewProject wanted) {
    var key = new BranchKey(TenantId.random(), TimelineId.random());
    var password = Passwords.draw();
    var verifier = ScramVerifier.of(password);
    return branches.exclusively(
        key,
        () -> {
          var begun = tools.store().update(c -> intend(c, key, wanted, password, verifier));
          try {
            return branches.settleIntent(begun);
          } catch (Problem e) {
            tools.store().update(content -> withdrawn(content, key.project()));
            throw e;
          }
        });
  }

  /** A project whose first branch was refused is of no use; one still being settled stays. */
  private static Store.Change<Void> withdrawn(Content content, TenantId id) {
    var project = content.projects().get(id);
    var empty = project != null && content.branchesOf(id).isEmpty();
    return new Store.Change<>(empty ? content.without(project) : content, null);
  }

  private Store.Change<Done<Branch>> intend(
      Content content, BranchKey key, NewProject wanted, String password, String verifier) {
    var now = tools.now();
    var first = wanted.first();
    var project = project(key, wanted, now);
    var number = new AtomicLong(content.lastDatabaseId());
    var contents =
        Contents.UNSEEN
            .with(new Secret(first.role(), password, verifier, now), wanted.historyRetention())
            .wanting(AccountChange.putRole(first.role(), verifier), now, number::incrementAndGet)
            .wanting(
                AccountChange.putDatabase(first.database(), first.role()),
                now,
                number::incrementAndGet);
    var branch =
        new Branch(
            key.project(),
            key.branch(),
            first.branch(),
            Branch.Origin.ROOT,
            false,
            Optional.empty(),
            BranchState.CREATING,
            Optional.empty(),
            contents,
            first.annotations(),
            now,
            now);
    var operation = operations.onBranch(key, "create_timeline");
    return new Store.Change<>(
        Registrations.added(content.with(project), project, branch)
            .numbered(number.get())
            .with(operation),
        new Done<>(branch, List.of(operation)));
  }

  private static Project project(BranchKey key, NewProject wanted, Instant now) {
    return new Project(
        key.project(),
        wanted.name().orElseGet(EndpointIds::name),
        wanted.pgVersion(),
        wanted.historyRetention(),
        wanted.region(),
        Optional.empty(),
        Optional.of(key.branch()),
        wanted.defaults(),
        wanted.logicalReplication(),
        false,
        now,
        now);
  }

  /** Makes the branch the one that is taken when a request names none. */
  public CompletableFuture<Done<Branch>> setAsDefault(BranchKey key) {
    return CompletableFuture.supplyAsync(
        () -> tools.store().update(content -> madeDefault(content, key)), tools.workers());
  }

  private Store.Change<Done<Branch>> madeDefault(Content content, BranchKey key) {
    var branch = content.branch(key);
    Readiness.require(content, branch);
    Expiry.checkDefault(branch);
    var project = content.project(key.project()).withDefaultBranch(Optional.of(key.branch()));
    var changed = branch.in(BranchState.READY, tools.now());
    return new Store.Change<>(content.with(project).with(changed), new Done<>(changed, List.of()));
  }

  /**
   * What is to become of a project; what is absent stays.
   *
   * @param name what people call it
   * @param retention how far back a branch can be made
   * @param defaults what its endpoints are like when a request does not say
   * @param logicalReplication whether changes can be decoded from the WAL of its endpoints
   */
  public record Change(
      Optional<String> name,
      Optional<Duration> retention,
      Optional<EndpointDefaults> defaults,
      Optional<Boolean> logicalReplication) {

    private Project of(Project project, Instant now) {
      var changed =
          project.changed(
              name.orElse(project.name()),
              retention.orElse(project.historyRetention()),
              defaults.orElse(project.defaults()),
              now);
      return logicalReplication.orElse(false) ? changed.replicating(now) : changed;
    }
  }

  /** Changes a project; endpoints that run are restarted where logical replication begins. */
  public CompletableFuture<Done<Project>> change(TenantId id, Change wanted) {
    wanted.name().ifPresent(Names::project);
    return CompletableFuture.supplyAsync(() -> changed(id, wanted), tools.workers())
        .thenCompose(
            begins ->
                (begins
                        ? endpoints.reconfigure(id)
                        : CompletableFuture.completedFuture(List.<Operation>of()))
                    .thenApply(done -> new Done<>(tools.store().content().project(id), done)));
  }

  /** Whether logical replication begins by it. */
  private boolean changed(TenantId id, Change wanted) {
    var known = tools.store().content().project(id);
    wanted.defaults().ifPresent(given -> check(known.pgVersion(), given));
    if (known.logicalReplication() && wanted.logicalReplication().equals(Optional.of(false))) {
      throw Problem.refused(
          "settings.enable_logical_replication is false, and logical replication cannot be"
              + " switched off again; leave it out");
    }
    wanted.retention().ifPresent(given -> tools.storage().changeProject(id, given));
    return tools
        .store()
        .update(
            content -> {
              var project = content.project(id);
              var changed = wanted.of(project, tools.now());
              return new Store.Change<>(
                  content.with(changed),
                  changed.logicalReplication() && !project.logicalReplication());
            });
  }

  /** Deletes the project with everything in it; refused when a branch of it is protected. */
  public CompletableFuture<Project> delete(TenantId id) {
    return CompletableFuture.supplyAsync(
        () -> {
          tools.store().update(content -> intendDeletion(content, id));
          return finishDeletion(id);
        },
        tools.workers());
  }

  private Store.Change<Void> intendDeletion(Content content, TenantId id) {
    var project = content.project(id);
    var kept = content.branchesOf(id).stream().filter(Branch::protectedBranch).toList();
    if (!kept.isEmpty()) {
      throw Problem.refused(
          "project '%s' has protected branches: %s; set protected to false first"
              .formatted(
                  project.name(),
                  kept.stream().map(Branch::label).collect(Collectors.joining(", "))));
    }
    return new Store.Change<>(content.with(project.beingDeleted(tools.now())), null);
  }

  /** Does in storage what is intended; may be repeated until it is done. */
  public Project finishDeletion(TenantId id) {
    var content = tools.store().content();
    var project = content.project(id);
    content.branchesOf(id).forEach(branch -> branches.stopEndpoints(branch.key()));
    tools.storage().deleteProject(id);
    return tools
        .store()
        .update(
            now -> {
              var there = now.projects().get(id);
              return new Store.Change<>(there == null ? now : now.without(there), project);
            });
  }
}
