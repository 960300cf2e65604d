package dev.neonstack.controlplane.branch;

import dev.neonstack.controlplane.account.Accounts;
import dev.neonstack.controlplane.branch.Heads.Start;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.compute.Computes;
import dev.neonstack.controlplane.endpoint.EndpointIds;
import dev.neonstack.controlplane.lifetime.Expiry;
import dev.neonstack.controlplane.lifetime.Intents;
import dev.neonstack.controlplane.lifetime.Readiness;
import dev.neonstack.controlplane.lifetime.Removability;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.operation.Operations;
import dev.neonstack.controlplane.operation.Tools;
import dev.neonstack.controlplane.operation.Waiting;
import dev.neonstack.controlplane.problem.Names;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.controlplane.registration.Registrations;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Branches whose storage the control plane looks after itself. */
public final class Branches {
  private static final Logger LOG = LoggerFactory.getLogger(Branches.class);

  private final Tools tools;
  private final Operations operations;
  private final BranchPoints points;
  private final Intents intents;
  private final Set<BranchKey> busy = ConcurrentHashMap.newKeySet();

  public Branches(Tools tools, Operations operations, Intents intents, Accounts accounts) {
    this.tools = tools;
    this.operations = operations;
    this.intents = intents;
    this.points = new BranchPoints(tools.storage(), accounts, tools.clock());
  }

  /**
   * Makes a branch: settles where it starts, records the intent, calls storage. A repeat with the
   * same name and start gives what is there.
   */
  public CompletableFuture<Done<Branch>> create(TenantId project, NewBranch wanted) {
    return CompletableFuture.supplyAsync(() -> make(project, wanted), tools.workers());
  }

  private Done<Branch> make(TenantId projectId, NewBranch wanted) {
    wanted.name().ifPresent(Names::branch);
    Expiry.check(wanted.protectedBranch(), wanted.expiresAt(), tools.now());
    var content = tools.store().content();
    var parent = parent(content, content.project(projectId), wanted.parent());
    Readiness.require(content, parent);
    var again = repeated(content, parent, wanted);
    if (again.isPresent()) {
      return new Done<>(again.get(), List.of());
    }
    refuseTakenName(content, projectId, wanted.name(), Optional.empty());
    var start = points.start(parent, wanted);
    var key = new BranchKey(projectId, TimelineId.random());
    return exclusively(
        key,
        () -> {
          var begun = tools.store().update(c -> intend(c, key, parent.key(), start, wanted));
          return settleIntent(begun);
        });
  }

  /** What an earlier request for the same has made. */
  private static Optional<Branch> repeated(Content content, Branch parent, NewBranch wanted) {
    var made =
        named(content, parent.project(), wanted.name())
            .filter(branch -> branch.origin().parent().equals(Optional.of(parent.id())))
            .filter(wanted::describes)
            .findFirst();
    made.ifPresent(branch -> Readiness.require(content, branch));
    return made;
  }

  private static Stream<Branch> named(Content content, TenantId project, Optional<String> name) {
    return name.stream().flatMap(given -> content.branchesNamed(project, given).stream());
  }

  private static Branch parent(Content content, Project project, Optional<TimelineId> given) {
    var id =
        given
            .or(project::defaultBranch)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "parent_id is missing and project "
                            + project.id()
                            + " has no default branch; give parent_id"));
    return content.branch(new BranchKey(project.id(), id));
  }

  private Store.Change<Done<Branch>> intend(
      Content content, BranchKey key, BranchKey parent, Start start, NewBranch wanted) {
    var project = content.project(key.project());
    Readiness.require(content, content.branch(parent));
    refuseTakenName(content, key.project(), wanted.name(), Optional.empty());
    var now = tools.now();
    var origin =
        new Branch.Origin(
            Optional.of(parent.branch()), Optional.of(start.lsn()), wanted.parentTimestamp());
    var inherited = Registrations.inherited(content, key.project(), origin);
    var number = new AtomicLong(content.lastDatabaseId());
    var branch =
        new Branch(
            key.project(),
            key.branch(),
            wanted.name().orElseGet(() -> "br-" + EndpointIds.name()),
            origin,
            wanted.protectedBranch(),
            wanted.expiresAt(),
            BranchState.CREATING,
            Optional.empty(),
            start
                .held()
                .map(held -> inherited.startingWith(held, now, number::incrementAndGet))
                .orElse(inherited),
            wanted.annotations(),
            now,
            now);
    var operation = operations.onBranch(key, "create_branch");
    return new Store.Change<>(
        Registrations.added(content, project, branch).numbered(number.get()).with(operation),
        new Done<>(branch, List.of(operation)));
  }

  /** Does in storage what is intended. An intent that storage refuses is taken back. */
  public Done<Branch> settleIntent(Done<Branch> begun) {
    var branch = begun.result();
    try {
      createInStorage(branch);
    } catch (RuntimeException e) {
      var left = isSettled(e) ? clear(branch) : Leftover.UNSETTLED;
      tools.store().update(content -> failed(content, begun, e, left));
      throw e;
    }
    return tools.store().update(content -> created(content, begun));
  }

  /** What storage holds of a branch that could not be made. */
  private enum Leftover {
    NOTHING,
    /** A part that could not be cleared away; the sweeper goes on with it. */
    PART,
    /** Nobody knows yet; the sweeper asks again. */
    UNSETTLED
  }

  private static boolean isSettled(RuntimeException failure) {
    return failure instanceof Problem problem && problem.kind() != Problem.Kind.UNAVAILABLE;
  }

  /** A server that says it failed may have made a part; the id is ours alone, so it can go. */
  private Leftover clear(Branch branch) {
    try {
      if (branch.origin().parent().isEmpty()) {
        tools.storage().deleteProject(branch.project());
      } else {
        tools.storage().deleteBranch(branch.project(), branch.id());
      }
      return Leftover.NOTHING;
    } catch (Problem e) {
      LOG.warn("Storage may still hold branch {}: {}", branch.id(), e.getMessage());
      return Leftover.PART;
    }
  }

  private void createInStorage(Branch branch) {
    var origin = branch.origin();
    if (origin.parent().isEmpty()) {
      var project = tools.store().content().project(branch.project());
      tools.storage().createProject(project.id(), project.historyRetention());
      tools.storage().createRoot(project.id(), branch.id(), project.pgVersion());
    } else {
      tools
          .storage()
          .createBranch(
              branch.project(), branch.id(), origin.parent().get(), origin.parentLsn().get());
    }
  }

  private Store.Change<Done<Branch>> created(Content content, Done<Branch> begun) {
    var branch = content.branch(begun.result().key()).in(BranchState.READY, tools.now());
    var ended = ended(begun.operations(), Optional.empty());
    return new Store.Change<>(with(content.with(branch), ended), new Done<>(branch, ended));
  }

  private Store.Change<Void> failed(
      Content content, Done<Branch> begun, RuntimeException failure, Leftover left) {
    var branch = Optional.ofNullable(content.branches().get(begun.result().key()));
    var ended = ended(begun.operations(), Optional.of(Computes.messageOf(failure)));
    var changed =
        switch (left) {
          case NOTHING -> branch.map(content::without).orElse(content);
          case PART -> branch.map(there -> leaving(content, there)).orElse(content);
          case UNSETTLED -> content;
        };
    return new Store.Change<>(with(changed, ended), null);
  }

  private Content leaving(Content content, Branch branch) {
    return branch.origin().parent().isEmpty()
        ? content.with(content.project(branch.project()).beingDeleted(tools.now()))
        : content.with(branch.in(BranchState.DELETING, tools.now()));
  }

  private List<Operation> ended(List<Operation> begun, Optional<String> failure) {
    return begun.stream().map(o -> o.ended(failure, tools.now())).toList();
  }

  private static Content with(Content content, List<Operation> operations) {
    var changed = content;
    for (var operation : operations) {
      changed = changed.with(operation);
    }
    return changed;
  }

  /** Changes name, protection or expiry; what is absent stays, an empty expiry takes it away. */
  public Branch change(
      BranchKey key,
      Optional<String> name,
      Optional<Boolean> keep,
      Optional<Optional<Instant>> expiresAt) {
    name.ifPresent(Names::branch);
    return tools
        .store()
        .update(
            content -> {
              var branch = content.branch(key);
              Readiness.require(content, branch);
              refuseTakenName(content, key.project(), name, Optional.of(key));
              var changed =
                  branch.living(
                      name.orElse(branch.name()),
                      keep.orElse(branch.protectedBranch()),
                      expiresAt.orElse(branch.expiresAt()),
                      tools.now());
              Expiry.check(content, Optional.of(branch), changed, tools.now());
              return new Store.Change<>(content.with(changed), changed);
            });
  }

  private static void refuseTakenName(
      Content content, TenantId project, Optional<String> name, Optional<BranchKey> self) {
    named(content, project, name)
        .filter(other -> !self.equals(Optional.of(other.key())))
        .findFirst()
        .ifPresent(
            other -> {
              throw Registrations.taken(other);
            });
  }

  /** Deletes the branch with its endpoints; refused when it is protected or has children. */
  public CompletableFuture<Done<Branch>> delete(BranchKey key) {
    return CompletableFuture.supplyAsync(() -> remove(key), tools.workers());
  }

  public Done<Branch> remove(BranchKey key) {
    return exclusively(
        key,
        () -> {
          var branch = tools.store().content().branch(key);
          Removability.checkAsked(tools.store().content(), branch);
          settleAbandoned(branch);
          return settleDeletion(tools.store().update(content -> intendDeletion(content, key)));
        });
  }

  /**
   * Ends a creation that its owner began and never ended, by making the same call: deleted before
   * the end, the branch would appear afterwards.
   */
  private void settleAbandoned(Branch branch) {
    if (branch.state() != BranchState.CREATING) {
      return;
    }
    if (branch.owner().isEmpty()) {
      throw Problem.locked("branch " + branch.label() + " is still being created; repeat later");
    }
    intents.requireEnded(branch, tools.now());
    try {
      createInStorage(branch);
    } catch (Problem e) {
      if (e.kind() == Problem.Kind.UNAVAILABLE) {
        throw e;
      }
      LOG.info("Branch {} was never made: {}", branch.label(), e.getMessage());
    }
  }

  private Store.Change<Done<Branch>> intendDeletion(Content content, BranchKey key) {
    var branch = content.branch(key);
    Removability.checkAsked(content, branch);
    var deleting = branch.in(BranchState.DELETING, tools.now());
    var operation = operations.onBranch(key, "delete_timeline");
    return new Store.Change<>(
        content.with(deleting).with(operation), new Done<>(deleting, List.of(operation)));
  }

  private Done<Branch> settleDeletion(Done<Branch> begun) {
    var key = begun.result().key();
    try {
      stopEndpoints(key);
      tools.storage().deleteBranch(key.project(), key.branch());
    } catch (RuntimeException e) {
      tools.store().update(content -> notDeleted(content, begun, e));
      resumeEndpoints(key);
      throw e;
    }
    return tools.store().update(content -> deleted(content, begun));
  }

  private Store.Change<Void> notDeleted(
      Content content, Done<Branch> begun, RuntimeException failure) {
    var ended = with(content, ended(begun.operations(), Optional.of(Computes.messageOf(failure))));
    var branch = content.branches().get(begun.result().key());
    var refused = failure instanceof Problem problem && problem.kind() == Problem.Kind.REFUSED;
    var back = branch != null && refused;
    return new Store.Change<>(
        back ? ended.with(branch.in(BranchState.READY, tools.now())) : ended, null);
  }

  private Store.Change<Done<Branch>> deleted(Content content, Done<Branch> begun) {
    var ended = ended(begun.operations(), Optional.empty());
    var branch = content.branches().get(begun.result().key());
    var without = branch == null ? content : content.without(branch);
    return new Store.Change<>(with(without, ended), new Done<>(begun.result(), ended));
  }

  public void stopEndpoints(BranchKey key) {
    for (var endpoint : tools.store().content().endpointsOf(key)) {
      Waiting.on(tools.computes().settle(endpoint.id()));
    }
  }

  private void resumeEndpoints(BranchKey key) {
    for (var endpoint : tools.store().content().endpointsOf(key)) {
      var unused = tools.computes().settle(endpoint.id());
    }
  }

  /** Whether the branch is one that {@link #finish} has work with. */
  public static boolean isUnfinished(Branch branch) {
    return branch.state() == BranchState.DELETING
        || (branch.state() == BranchState.CREATING && branch.owner().isEmpty());
  }

  /** Carries on with what a stopped process, or a storage that did not answer, left unfinished. */
  public void finish(BranchKey key) {
    exclusively(
        key,
        () -> {
          // Looked at again, as a request may have ended it since it was listed.
          var branch = Optional.ofNullable(tools.store().content().branches().get(key));
          return branch.filter(Branches::isUnfinished).map(this::finish);
        });
  }

  private Done<Branch> finish(Branch branch) {
    var unfinished = new Done<>(branch, operations.runningOn(branch.key()));
    return branch.state() == BranchState.DELETING
        ? settleDeletion(unfinished)
        : settleIntent(unfinished);
  }

  public <T> T exclusively(BranchKey key, Supplier<T> work) {
    if (!busy.add(key)) {
      throw Problem.locked("branch " + key.branch() + " is being worked on; repeat later");
    }
    try {
      return work.get();
    } finally {
      busy.remove(key);
    }
  }
}
