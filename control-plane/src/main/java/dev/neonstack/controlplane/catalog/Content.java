package dev.neonstack.controlplane.catalog;

import dev.neonstack.controlplane.catalog.Table.Form;
import dev.neonstack.controlplane.catalog.Table.Place;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the control plane knows, at one moment. Never changes; a change makes another one and
 * costs a logarithm of what there is. It knows what has changed since it was kept last.
 */
public final class Content {
  private static final int KEPT_OPERATIONS = 500;

  private static final int BY_PROJECT = 0;
  private static final int BY_NAME = 1;
  private static final int BY_PARENT = 2;
  private static final int BY_BRANCH = 1;
  private static final int ENDED = 1;

  private static final Form<TenantId, Project> PROJECTS =
      new Form<>(Project::id, one -> new Place(one.createdAt(), one.id().value()), List.of());
  private static final Form<BranchKey, Branch> BRANCHES =
      new Form<>(
          Branch::key,
          one -> new Place(one.createdAt(), one.id().value()),
          List.of(
              one -> Optional.of(one.project()),
              one -> Optional.of(new Name(one.project(), one.name())),
              one -> one.origin().parent().map(id -> new BranchKey(one.project(), id))));
  private static final Form<String, EndpointEntry> ENDPOINTS =
      new Form<>(
          EndpointEntry::id,
          one -> new Place(one.createdAt(), one.id()),
          List.of(one -> Optional.of(one.project()), one -> Optional.of(one.branchKey())));
  private static final Form<String, Operation> OPERATIONS =
      new Form<>(
          Operation::id,
          one -> new Place(one.createdAt(), one.id()),
          List.of(
              one -> Optional.of(one.project()),
              one -> Optional.of(one.status() != Operation.Status.RUNNING)));

  /** Nothing. */
  public static final Content EMPTY =
      new Content(
          Table.of(PROJECTS), Table.of(BRANCHES), Table.of(ENDPOINTS), Table.of(OPERATIONS), 0);

  private final Table<TenantId, Project> projects;
  private final Table<BranchKey, Branch> branches;
  private final Table<String, EndpointEntry> endpoints;
  private final Table<String, Operation> operations;
  private final long lastDatabaseId;

  private Content(
      Table<TenantId, Project> projects,
      Table<BranchKey, Branch> branches,
      Table<String, EndpointEntry> endpoints,
      Table<String, Operation> operations,
      long lastDatabaseId) {
    this.projects = projects;
    this.branches = branches;
    this.endpoints = endpoints;
    this.operations = operations;
    this.lastDatabaseId = lastDatabaseId;
  }

  /** A name within a project. */
  private record Name(TenantId project, String name) {}

  /**
   * What came, went or became another since the content was kept.
   *
   * @param projects their ids
   * @param branches their keys
   * @param endpoints their ids
   * @param operations their ids
   */
  public record Changes(
      Set<TenantId> projects,
      Set<BranchKey> branches,
      Set<String> endpoints,
      Set<String> operations) {
    /** Nothing. */
    public static final Changes NONE = new Changes(Set.of(), Set.of(), Set.of(), Set.of());

    /** These and those. */
    public Changes and(Changes others) {
      return new Changes(
          both(projects, others.projects),
          both(branches, others.branches),
          both(endpoints, others.endpoints),
          both(operations, others.operations));
    }

    private static <T> Set<T> both(Set<T> some, Set<T> others) {
      if (others.isEmpty()) {
        return some;
      }
      var all = new HashSet<>(some);
      all.addAll(others);
      return Collections.unmodifiableSet(all);
    }
  }

  /** The content made of these parts, all of which count as changed. */
  public static Content of(
      Iterable<Project> projects,
      Iterable<Branch> branches,
      Iterable<EndpointEntry> endpoints,
      Iterable<Operation> operations,
      long lastDatabaseId) {
    return new Content(
        all(EMPTY.projects, projects),
        all(EMPTY.branches, branches),
        all(EMPTY.endpoints, endpoints),
        all(EMPTY.operations, operations),
        lastDatabaseId);
  }

  private static <K, V> Table<K, V> all(Table<K, V> none, Iterable<V> rows) {
    var table = none;
    for (var row : rows) {
      table = table.with(row);
    }
    return table;
  }

  /** The same, where another version wrote it: as this one means it. */
  public Content takenOver() {
    var meant = this;
    for (var branch : branches.rows().values()) {
      meant = meant.with(StoredContents.takenOver(this, branch));
    }
    return meant;
  }

  /** What has changed since {@link #settled}. */
  public Changes changes() {
    return new Changes(
        projects.changed(), branches.changed(), endpoints.changed(), operations.changed());
  }

  /** The same, once it is kept: nothing of it counts as changed. */
  public Content settled() {
    return new Content(
        projects.settled(),
        branches.settled(),
        endpoints.settled(),
        operations.settled(),
        lastDatabaseId);
  }

  /** Projects by id; not to be changed. */
  public Map<TenantId, Project> projects() {
    return projects.rows();
  }

  /** Branches by key; not to be changed. */
  public Map<BranchKey, Branch> branches() {
    return branches.rows();
  }

  /** Endpoints by id, those that are being deleted as well; not to be changed. */
  public Map<String, EndpointEntry> endpoints() {
    return endpoints.rows();
  }

  /** Operations by id; not to be changed. */
  public Map<String, Operation> operations() {
    return operations.rows();
  }

  /** The highest number given to a database. */
  public long lastDatabaseId() {
    return lastDatabaseId;
  }

  /** The project, or the problem that there is none. */
  public Project project(TenantId id) {
    return Optional.ofNullable(projects().get(id))
        .orElseThrow(() -> Problem.notFound("PROJECT", "there is no project " + id));
  }

  /** The branch, or the problem that there is none. */
  public Branch branch(BranchKey key) {
    project(key.project());
    return Optional.ofNullable(branches().get(key))
        .orElseThrow(
            () ->
                Problem.notFound(
                    "BRANCH",
                    "there is no branch " + key.branch() + " in project " + key.project()));
  }

  /** The endpoint, or the problem that there is none. */
  public EndpointEntry endpoint(TenantId project, String id) {
    return Optional.ofNullable(endpoints().get(id))
        .filter(endpoint -> endpoint.project().equals(project))
        .filter(Content::isLive)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "ENDPOINT", "there is no endpoint " + id + " in project " + project));
  }

  /** The branches of a project, oldest first. */
  public List<Branch> branchesOf(TenantId project) {
    return branches.find(BY_PROJECT, project);
  }

  /** The branches of a project that have this name, oldest first. */
  public List<Branch> branchesNamed(TenantId project, String name) {
    return branches.find(BY_NAME, new Name(project, name));
  }

  /** The branches that start from this one, oldest first. */
  public List<Branch> childrenOf(BranchKey parent) {
    return branches.find(BY_PARENT, parent);
  }

  /** The endpoints of a branch that are not being deleted, oldest first. */
  public List<EndpointEntry> endpointsOf(BranchKey branch) {
    return endpoints.find(BY_BRANCH, branch).stream().filter(Content::isLive).toList();
  }

  /** The endpoints of a project that are not being deleted, oldest first. */
  public List<EndpointEntry> endpointsOf(TenantId project) {
    return endpoints.find(BY_PROJECT, project).stream().filter(Content::isLive).toList();
  }

  private static boolean isLive(EndpointEntry endpoint) {
    return endpoint.desired() != EndpointEntry.Desired.DELETED;
  }

  /** The operations on a project that are still kept, oldest first. */
  public List<Operation> operationsOn(TenantId project) {
    return operations.find(BY_PROJECT, project);
  }

  public Content with(Project project) {
    return new Content(projects.with(project), branches, endpoints, operations, lastDatabaseId);
  }

  public Content with(Branch branch) {
    return new Content(projects, branches.with(branch), endpoints, operations, lastDatabaseId);
  }

  public Content with(EndpointEntry endpoint) {
    return new Content(projects, branches, endpoints.with(endpoint), operations, lastDatabaseId);
  }

  /** With the operation; the oldest one that has ended goes when there are too many. */
  public Content with(Operation operation) {
    var more = operations.with(operation);
    var ended = more.first(ENDED, true).filter(one -> more.rows().size() > KEPT_OPERATIONS);
    return new Content(
        projects,
        branches,
        endpoints,
        ended.map(one -> more.without(one.id())).orElse(more),
        lastDatabaseId);
  }

  public Content without(Project project) {
    var content = this;
    for (var branch : branchesOf(project.id())) {
      content = content.without(branch);
    }
    return new Content(
        content.projects.without(project.id()),
        content.branches,
        content.endpoints,
        content.operations,
        lastDatabaseId);
  }

  /**
   * Without the branch and its endpoints; its oldest root follows a default branch that is gone.
   */
  public Content without(Branch branch) {
    var kept = endpoints;
    for (var endpoint : endpoints.find(BY_BRANCH, branch.key())) {
      kept = kept.without(endpoint.id());
    }
    var project = projects().get(branch.project());
    var isDefault = project != null && project.defaultBranch().equals(Optional.of(branch.id()));
    return new Content(
        isDefault ? projects.with(project.withDefaultBranch(nextDefault(branch))) : projects,
        branches.without(branch.key()),
        kept,
        operations,
        lastDatabaseId);
  }

  private Optional<TimelineId> nextDefault(Branch gone) {
    return branchesOf(gone.project()).stream()
        .filter(other -> !other.key().equals(gone.key()))
        .filter(other -> other.origin().parent().isEmpty())
        .filter(other -> other.state() == BranchState.READY && other.expiresAt().isEmpty())
        .map(Branch::id)
        .findFirst();
  }

  public Content without(EndpointEntry endpoint) {
    return new Content(
        projects, branches, endpoints.without(endpoint.id()), operations, lastDatabaseId);
  }

  public Content numbered(long databaseId) {
    return new Content(projects, branches, endpoints, operations, databaseId);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Content content
        && projects.equals(content.projects)
        && branches.equals(content.branches)
        && endpoints.equals(content.endpoints)
        && operations.equals(content.operations)
        && lastDatabaseId == content.lastDatabaseId;
  }

  @Override
  public int hashCode() {
    return Objects.hash(projects, branches, endpoints, operations, lastDatabaseId);
  }

  @Override
  public String toString() {
    return "Content[%d projects, %d branches, %d endpoints, %d operations, lastDatabaseId=%d]"
        .formatted(
            projects().size(),
            branches().size(),
            endpoints().size(),
            operations().size(),
            lastDatabaseId);
  }
}
