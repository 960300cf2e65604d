package dev.neonstack.stacks.config.tree;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.stacks.config.reading.Problems;

/**
 * Refuses passwords that stand in the configuration in clear: the file is in Git, and Pulumi keeps
 * a copy of all configuration that is not secret with each update.
 */
public final class ClearPasswords {
  private final Problems problems;

  public ClearPasswords(Problems problems) {
    this.problems = problems;
  }

  public void refuse(String path, JsonNode projects) {
    each(path, projects, this::branches);
  }

  private void branches(String path, JsonNode project) {
    each(path + ".branches", project.path("branches"), this::roles);
  }

  private void roles(String path, JsonNode branch) {
    each(path + ".roles", branch.path("roles"), this::password);
  }

  private void password(String path, JsonNode role) {
    if (role.path("password").isTextual()) {
      problems.add(
          ("%1$s.password is in clear; expected a secret. Run: pulumi config set --secret --path"
                  + " 'neonstack:%1$s.password', or leave it out to have one made.")
              .formatted(path));
    }
  }

  private static void each(String path, JsonNode list, Visit visit) {
    for (var index = 0; list.isArray() && index < list.size(); index++) {
      visit.of("%s[%d]".formatted(path, index), list.get(index));
    }
  }

  private interface Visit {
    void of(String path, JsonNode node);
  }
}
