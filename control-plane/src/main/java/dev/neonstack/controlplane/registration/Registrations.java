package dev.neonstack.controlplane.registration;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.EndpointDefaults;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.EndpointEntry.Desired;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.lifetime.Expiry;
import dev.neonstack.controlplane.lifetime.Intents;
import dev.neonstack.controlplane.lifetime.Readiness;
import dev.neonstack.controlplane.lifetime.Removability;
import dev.neonstack.controlplane.operation.Tools;
import dev.neonstack.controlplane.problem.Names;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ProjectRegistration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Projects and branches whose storage somebody else looks after: the provider. Everything here may
 * be repeated, and nothing calls storage.
 */
public final class Registrations {
  private final Tools tools;
  private final Intents intents;

  public Registrations(Tools tools, Intents intents) {
    this.tools = tools;
    this.intents = intents;
  }

  /** Makes a project known, or changes what is known of it. */
  public Project register(ProjectRegistration given) {
    Names.project(given.name());
    return tools
        .store()
        .update(
            content -> {
              var known = Optional.ofNullable(content.projects().get(given.id()));
              known.filter(Project::deleting).ifPresent(Registrations::refuseDeleting);
              var same = project(given, known, known.map(Project::updatedAt).orElse(tools.now()));
              if (known.equals(Optional.of(same))) {
                return new Store.Change<>(content, same);
              }
              var project = project(given, known, tools.now());
              return new Store.Change<>(content.with(project), project);
            });
  }

  private static void refuseDeleting(Project project) {
    throw Problem.locked(
        "project '%s' (%s) is being deleted".formatted(project.name(), project.id()));
  }

  private static Project project(ProjectRegistration given, Optional<Project> known, Instant now) {
    return new Project(
        given.id(),
        given.name(),
        given.pgVersion(),
        given.historyRetention(),
        given.region(),
        given.owner().or(() -> known.flatMap(Project::owner)),
        known.flatMap(Project::defaultBranch),
        known.map(Project::defaults).orElse(EndpointDefaults.USUAL),
        known.map(Project::logicalReplication).orElse(false),
        false,
        known.map(Project::createdAt).orElse(now),
        now);
  }

  /**
   * Makes a branch known, or changes what is known of it. The same owner may have two branches of
   * one name, as a replacement is made before the former goes. A branch that is not ready is one
   * that its owner is about to make: from then on its parent is not deleted, and none is made of a
   * parent that is being deleted.
   */
  public Branch register(TenantId projectId, BranchRegistration given) {
    Names.branch(given.name());
    var key = new BranchKey(projectId, given.id());
    var registered = tools.store().update(content -> registered(content, key, given));
    if (registered.state() == BranchState.CREATING) {
      intents.announce(key, tools.now());
    } else {
      intents.end(key);
    }
    return registered;
  }

  private Store.Change<Branch> registered(
      Content content, BranchKey key, BranchRegistration given) {
    var project = content.project(key.project());
    Optional.of(project).filter(Project::deleting).ifPresent(Registrations::refuseDeleting);
    var known = Optional.ofNullable(content.branches().get(key));
    known.ifPresent(Registrations::refuseDeleting);
    refuseTakenName(content, key.project(), given);
    var same = branch(content, project, given, known, known.map(Branch::updatedAt));
    if (same.state() == BranchState.CREATING) {
      requireParent(content, same);
    }
    if (known.equals(Optional.of(same))) {
      return new Store.Change<>(content, same);
    }
    var branch = branch(content, project, given, known, Optional.empty());
    var changed = added(content, project, branch);
    Expiry.check(changed, known, branch, tools.now());
    return new Store.Change<>(changed, branch);
  }

  private static void requireParent(Content content, Branch branch) {
    branch
        .origin()
        .parent()
        .map(id -> content.branches().get(new BranchKey(branch.project(), id)))
        .ifPresent(parent -> Readiness.require(content, parent));
  }

  /**
   * Begins the removal of a branch that its owner deletes from storage: from here on nothing is
   * made of it, and it is carried on with when the owner dies. Its endpoints are stopped.
   */
  public CompletableFuture<Branch> beginRemoval(BranchKey key) {
    var leaving =
        tools
            .store()
            .update(
                content -> {
                  var branch = content.branch(key);
                  Removability.check(content, branch);
                  var deleting =
                      branch.state() == BranchState.DELETING
                          ? branch
                          : branch.in(BranchState.DELETING, tools.now());
                  return new Store.Change<>(
                      deleting.equals(branch) ? content : content.with(deleting), deleting);
                });
    return settled(tools.store().content().endpointsOf(key)).thenApply(done -> leaving);
  }

  private static void refuseDeleting(Branch branch) {
    if (branch.state() == BranchState.DELETING) {
      throw Problem.locked("branch " + branch.label() + " is being deleted");
    }
  }

  private static void refuseTakenName(Content content, TenantId project, BranchRegistration given) {
    content.branchesNamed(project, given.name()).stream()
        .filter(other -> !other.id().equals(given.id()))
        .filter(other -> other.owner().isEmpty() || !other.owner().equals(given.owner()))
        .findFirst()
        .ifPresent(
            other -> {
              throw taken(other);
            });
  }

  public static Problem taken(Branch other) {
    return Problem.conflict(
        "branch name '%s' is taken by branch %s of the project; choose another name"
            .formatted(other.name(), other.id()));
  }

  private Branch branch(
      Content content,
      Project project,
      BranchRegistration given,
      Optional<Branch> known,
      Optional<Instant> updatedAt) {
    var now = tools.now();
    var before = known.map(Branch::origin).orElse(Branch.Origin.ROOT);
    var origin =
        new Branch.Origin(
            given.parent().or(before::parent),
            given.parentLsn().or(before::parentLsn),
            given.parentTimestamp().or(before::parentTimestamp));
    var wasReady = known.filter(b -> b.state() == BranchState.READY).isPresent();
    return new Branch(
        project.id(),
        given.id(),
        given.name(),
        origin,
        given.protectedBranch(),
        given.expiresAt(),
        given.ready() || wasReady ? BranchState.READY : BranchState.CREATING,
        given.owner().or(() -> known.flatMap(Branch::owner)),
        known.map(Branch::contents).orElseGet(() -> inherited(content, project.id(), origin)),
        known.map(Branch::annotations).orElse(Map.of()),
        known.map(Branch::createdAt).orElse(now),
        updatedAt.orElse(now));
  }

  /**
   * What is known of the roles and databases of a branch that starts there. Those of a protected
   * branch have other passwords on its children.
   */
  public static Contents inherited(Content content, TenantId project, Branch.Origin origin) {
    var parent =
        origin
            .parent()
            .flatMap(id -> Optional.ofNullable(content.branches().get(new BranchKey(project, id))));
    return parent
        .map(above -> above.contents().ofChild(above.protectedBranch()))
        .orElse(Contents.UNSEEN);
  }

  /** The content with a branch; the first root of a project becomes its default branch. */
  public static Content added(Content content, Project project, Branch branch) {
    var changed = content.with(branch);
    var isDefault = project.defaultBranch().isEmpty() && branch.origin().parent().isEmpty();
    return isDefault ? changed.with(project.withDefaultBranch(Optional.of(branch.id()))) : changed;
  }

  /** Stops and removes the branch's endpoints and forgets the branch, unless it has children. */
  public CompletableFuture<Void> forget(BranchKey key) {
    return forget(
        content -> {
          Optional.ofNullable(content.branches().get(key))
              .ifPresent(branch -> Removability.checkChildless(content, branch));
          return content.endpointsOf(key);
        },
        content ->
            Optional.ofNullable(content.branches().get(key)).map(content::without).orElse(content));
  }

  /** Forgets a project and everything in it. */
  public CompletableFuture<Void> forget(TenantId id) {
    return forget(
        content -> content.endpointsOf(id),
        content ->
            Optional.ofNullable(content.projects().get(id)).map(content::without).orElse(content));
  }

  private CompletableFuture<Void> forget(
      Function<Content, List<EndpointEntry>> endpoints, UnaryOperator<Content> without) {
    return settled(endEndpoints(endpoints))
        .thenRun(
            () ->
                tools.store().update(content -> new Store.Change<>(without.apply(content), null)));
  }

  private List<EndpointEntry> endEndpoints(Function<Content, List<EndpointEntry>> which) {
    return tools
        .store()
        .update(
            content -> {
              var ended = which.apply(content);
              var changed = content;
              for (var endpoint : ended) {
                changed = changed.with(endpoint.wanting(Desired.DELETED, tools.now()));
              }
              return new Store.Change<>(changed, ended);
            });
  }

  private CompletableFuture<Void> settled(List<EndpointEntry> endpoints) {
    return CompletableFuture.allOf(
        endpoints.stream()
            .map(endpoint -> tools.computes().settle(endpoint.id()))
            .toArray(CompletableFuture<?>[]::new));
  }
}
