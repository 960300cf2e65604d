package dev.neonstack.stacks.config;

import dev.neonstack.components.neon.BranchSpec;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.stacks.config.reading.Problems;
import java.util.ArrayList;
import java.util.List;

/** What projects in a cluster cannot have. */
final class ClusterRules {
  private final Problems problems;
  private final Target target;

  ClusterRules(Problems problems, Target target) {
    this.problems = problems;
    this.target = target;
  }

  /** Endpoints, roles and databases need computes, which run on this machine only. */
  void check(List<ProjectSpec> projects) {
    for (var project : projects) {
      for (var branch : project.branches()) {
        var found = controlPlaneParts(branch);
        if (!found.isEmpty()) {
          problems.add(
              "branch '%s' of project '%s' has %s; expected none in target %s, where this version runs no computes yet. Write endpoint: {enabled: false} and leave roles and databases out."
                  .formatted(
                      branch.name(), project.name(), String.join(", ", found), target.word()));
        }
      }
    }
  }

  private static List<String> controlPlaneParts(BranchSpec branch) {
    var found = new ArrayList<String>();
    branch.endpoint().ifPresent(endpoint -> found.add("an endpoint"));
    if (!branch.roles().isEmpty()) {
      found.add("roles");
    }
    if (!branch.databases().isEmpty()) {
      found.add("databases");
    }
    return found;
  }
}
