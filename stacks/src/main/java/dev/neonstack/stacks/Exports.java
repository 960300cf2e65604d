package dev.neonstack.stacks;

import com.pulumi.core.Output;
import dev.neonstack.components.neon.ProjectTree;
import dev.neonstack.components.neon.TreeBranch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every stack exports, whatever its target is. */
final class Exports {
  private Exports() {}

  /**
   * Connection URIs by {@code project/branch}; branches that cannot be connected to are left out.
   */
  static Map<String, Output<String>> connectionUris(List<ProjectTree> projects) {
    var uris = new LinkedHashMap<String, Output<String>>();
    for (var project : projects) {
      for (var branch : project.branches()) {
        branch
            .connectionUri()
            .ifPresent(uri -> uris.put(project.projectName() + "/" + branch.spec().name(), uri));
      }
    }
    return uris;
  }

  /** Every branch, parents first; a setting that a branch does not have is left out. */
  static List<Map<String, Object>> branches(List<ProjectTree> projects) {
    var branches = new ArrayList<Map<String, Object>>();
    for (var project : projects) {
      for (var branch : project.branches()) {
        branches.add(branch(project.projectName(), branch));
      }
    }
    return branches;
  }

  private static Map<String, Object> branch(String project, TreeBranch branch) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("project", project);
    shown.put("name", branch.spec().name());
    shown.put("id", branch.branch().branchId());
    branch
        .spec()
        .parent()
        .ifPresent(
            parent -> {
              shown.put("parent", parent);
              shown.put("parentLsn", branch.branch().parentLsn());
            });
    branch
        .endpoint()
        .ifPresent(
            endpoint -> {
              shown.put("endpoint", endpoint.endpointId());
              shown.put("host", endpoint.host());
              shown.put("port", endpoint.port());
            });
    return shown;
  }
}
