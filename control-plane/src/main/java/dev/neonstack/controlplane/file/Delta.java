package dev.neonstack.controlplane.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.neon.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What makes one content from another. */
record Delta(
    long lastDatabaseId,
    Part<TenantId, Project> projects,
    Part<BranchKey, Branch> branches,
    Part<String, EndpointEntry> endpoints,
    Part<String, Operation> operations) {

  /** What is new or different, and the keys of what is gone. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Part<K, V>(List<V> put, List<K> gone) {
    Part {
      put = put == null ? List.of() : List.copyOf(put);
      gone = gone == null ? List.of() : List.copyOf(gone);
    }

    @SuppressWarnings("ReferenceEquality") // an entry never changes: another one is a change
    static <K, V> Part<K, V> between(Map<K, V> from, Map<K, V> to) {
      var put = new ArrayList<V>();
      to.forEach(
          (key, value) -> {
            if (from.get(key) != value) {
              put.add(value);
            }
          });
      return new Part<>(put, from.keySet().stream().filter(key -> !to.containsKey(key)).toList());
    }
  }

  static Delta between(Content from, Content to) {
    return new Delta(
        to.lastDatabaseId(),
        Part.between(from.projects(), to.projects()),
        Part.between(from.branches(), to.branches()),
        Part.between(from.endpoints(), to.endpoints()),
        Part.between(from.operations(), to.operations()));
  }

  /** A content to which many deltas are applied. */
  static final class Target {
    private final Map<TenantId, Project> projects;
    private final Map<BranchKey, Branch> branches;
    private final Map<String, EndpointEntry> endpoints;
    private final Map<String, Operation> operations;
    private long lastDatabaseId;

    Target(Content content) {
      this.projects = new LinkedHashMap<>(content.projects());
      this.branches = new LinkedHashMap<>(content.branches());
      this.endpoints = new LinkedHashMap<>(content.endpoints());
      this.operations = new LinkedHashMap<>(content.operations());
      this.lastDatabaseId = content.lastDatabaseId();
    }

    void apply(Delta delta) {
      projects.keySet().removeAll(delta.projects().gone());
      delta.projects().put().forEach(project -> projects.put(project.id(), project));
      branches.keySet().removeAll(delta.branches().gone());
      delta.branches().put().forEach(branch -> branches.put(branch.key(), branch));
      endpoints.keySet().removeAll(delta.endpoints().gone());
      delta.endpoints().put().forEach(endpoint -> endpoints.put(endpoint.id(), endpoint));
      operations.keySet().removeAll(delta.operations().gone());
      delta.operations().put().forEach(operation -> operations.put(operation.id(), operation));
      lastDatabaseId = delta.lastDatabaseId();
    }

    Content content() {
      return Content.of(
          List.copyOf(projects.values()),
          List.copyOf(branches.values()),
          List.copyOf(endpoints.values()),
          List.copyOf(operations.values()),
          lastDatabaseId);
    }
  }
}
