package dev.neonstack.controlplane.catalog;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything the control plane knows, at one moment. Never changes; a change makes another one.
 *
 * @param projects by id, oldest first
 * @param branches by id, oldest first
 * @param endpoints by id, oldest first
 * @param operations by id, oldest first
 * @param lastDatabaseId the highest number given to a database
 */
public record Content(
    Map<TenantId, Project> projects,
    Map<BranchKey, Branch> branches,
    Map<String, EndpointEntry> endpoints,
    Map<String, Operation> operations,
    long lastDatabaseId) {
  private static final int KEPT_OPERATIONS = 500;

  /** Nothing. */
  public static final Content EMPTY = new Content(Map.of(), Map.of(), Map.of(), Map.of(), 0);

  /** The content made of these parts, as a catalog reads them. */
  public static Content of(
      List<Project> projects,
      List<Branch> branches,
      List<EndpointEntry> endpoints,
      List<Operation> operations,
      long lastDatabaseId) {
    return new Content(
        byKey(projects, Project::id),
        byKey(branches, Branch::key),
        byKey(endpoints, EndpointEntry::id),
        byKey(operations, Operation::id),
        lastDatabaseId);
  }

  /** The same, where another version wrote it: as this one means it. */
  public Content takenOver() {
    var meant =
        branches.values().stream().map(branch -> StoredContents.takenOver(this, branch)).toList();
    return new Content(projects, byKey(meant, Branch::key), endpoints, operations, lastDatabaseId);
  }

  private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
    var map = new LinkedHashMap<K, V>();
    values.forEach(value -> map.put(key.apply(value), value));
    return Collections.unmodifiableMap(map);
  }

  /** The project, or the problem that there is none. */
  public Project project(TenantId id) {
    return Optional.ofNullable(projects.get(id))
        .orElseThrow(() -> Problem.notFound("PROJECT", "there is no project " + id));
  }

  /** The branch, or the problem that there is none. */
  public Branch branch(BranchKey key) {
    project(key.project());
    return Optional.ofNullable(branches.get(key))
        .orElseThrow(
            () ->
                Problem.notFound(
                    "BRANCH",
                    "there is no branch " + key.branch() + " in project " + key.project()));
  }

  /** The endpoint, or the problem that there is none. */
  public EndpointEntry endpoint(TenantId project, String id) {
    return Optional.ofNullable(endpoints.get(id))
        .filter(endpoint -> endpoint.project().equals(project))
        .filter(endpoint -> endpoint.desired() != EndpointEntry.Desired.DELETED)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "ENDPOINT", "there is no endpoint " + id + " in project " + project));
  }

  /** The branches of a project, oldest first. */
  public List<Branch> branchesOf(TenantId project) {
    return branches.values().stream().filter(b -> b.project().equals(project)).toList();
  }

  /** The branches that start from this one. */
  public List<Branch> childrenOf(BranchKey parent) {
    return branches.values().stream().filter(b -> b.isChildOf(parent)).toList();
  }

  /** The endpoints of a branch that are not being deleted. */
  public List<EndpointEntry> endpointsOf(BranchKey branch) {
    return liveEndpoints().filter(e -> e.branchKey().equals(branch)).toList();
  }

  /** The endpoints of a project that are not being deleted. */
  public List<EndpointEntry> endpointsOf(TenantId project) {
    return liveEndpoints().filter(e -> e.project().equals(project)).toList();
  }

  private Stream<EndpointEntry> liveEndpoints() {
    return endpoints.values().stream().filter(e -> e.desired() != EndpointEntry.Desired.DELETED);
  }

  public Content with(Project project) {
    return new Content(
        put(projects, project.id(), project), branches, endpoints, operations, lastDatabaseId);
  }

  public Content with(Branch branch) {
    return new Content(
        projects, put(branches, branch.key(), branch), endpoints, operations, lastDatabaseId);
  }

  public Content with(EndpointEntry endpoint) {
    return new Content(
        projects, branches, put(endpoints, endpoint.id(), endpoint), operations, lastDatabaseId);
  }

  public Content with(Operation operation) {
    var kept = new LinkedHashMap<>(operations);
    kept.put(operation.id(), operation);
    if (kept.size() > KEPT_OPERATIONS) {
      var oldest =
          kept.values().stream().filter(o -> o.status() != Operation.Status.RUNNING).findFirst();
      oldest.ifPresent(o -> kept.remove(o.id()));
    }
    return new Content(
        projects, branches, endpoints, Collections.unmodifiableMap(kept), lastDatabaseId);
  }

  public Content without(Project project) {
    var content = this;
    for (var branch : branchesOf(project.id())) {
      content = content.without(branch);
    }
    return new Content(
        remove(content.projects, project.id()),
        content.branches,
        content.endpoints,
        content.operations,
        lastDatabaseId);
  }

  /**
   * Without the branch and its endpoints; its oldest root follows a default branch that is gone.
   */
  public Content without(Branch branch) {
    var kept = new LinkedHashMap<>(endpoints);
    kept.values().removeIf(endpoint -> endpoint.branchKey().equals(branch.key()));
    var project = projects.get(branch.project());
    var isDefault = project != null && project.defaultBranch().equals(Optional.of(branch.id()));
    return new Content(
        isDefault
            ? put(projects, project.id(), project.withDefaultBranch(nextDefault(branch)))
            : projects,
        remove(branches, branch.key()),
        Collections.unmodifiableMap(kept),
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
        projects, branches, remove(endpoints, endpoint.id()), operations, lastDatabaseId);
  }

  public Content numbered(long databaseId) {
    return new Content(projects, branches, endpoints, operations, databaseId);
  }

  private static <K, V> Map<K, V> put(Map<K, V> map, K key, V value) {
    var copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return Collections.unmodifiableMap(copy);
  }

  private static <K, V> Map<K, V> remove(Map<K, V> map, K key) {
    var copy = new LinkedHashMap<>(map);
    copy.remove(key);
    return Collections.unmodifiableMap(copy);
  }
}
