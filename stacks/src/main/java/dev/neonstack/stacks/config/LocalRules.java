package dev.neonstack.stacks.config;

import dev.neonstack.components.neon.EndpointSpec;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.stacks.config.reading.Problems;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What endpoints on this machine cannot have. */
final class LocalRules {
  private final Problems problems;

  LocalRules(Problems problems) {
    this.problems = problems;
  }

  void check(List<ProjectSpec> projects) {
    for (var project = 0; project < projects.size(); project++) {
      var branches = projects.get(project).branches();
      for (var branch = 0; branch < branches.size(); branch++) {
        var path = "projects[%d].branches[%d].endpoint".formatted(project, branch);
        branches.get(branch).endpoint().ifPresent(endpoint -> check(path, endpoint));
      }
    }
  }

  private void check(String path, EndpointSpec endpoint) {
    endpoint
        .pooler()
        .filter(wanted -> wanted)
        .ifPresent(
            wanted ->
                problems.wrong(
                    path + ".pooler",
                    wanted,
                    "false, as target local has no pooler",
                    "Remove it; connections go to Postgres itself."));
    endpoint
        .suspendTimeout()
        .filter(Predicate.not(Duration::isZero))
        .ifPresent(
            idle ->
                problems.wrong(
                    path + ".suspendTimeout",
                    idle.toSeconds() + "s",
                    "0s, as endpoints of target local never sleep",
                    "Remove it."));
  }
}
