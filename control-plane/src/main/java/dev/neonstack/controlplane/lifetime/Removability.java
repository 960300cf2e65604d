package dev.neonstack.controlplane.lifetime;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.problem.Problem;
import java.util.Optional;
import java.util.stream.Collectors;

/** What forbids that a branch is deleted, whoever asks. */
public final class Removability {
  private Removability() {}

  /** Refuses to delete what is protected, and what others start from. */
  public static void check(Content content, Branch branch) {
    if (branch.protectedBranch()) {
      throw Problem.refused(
          "branch %s is protected; set protected to false first".formatted(branch.label()));
    }
    checkChildless(content, branch);
  }

  /** Refuses to let go of what others start from. */
  public static void checkChildless(Content content, Branch branch) {
    var children = content.childrenOf(branch.key());
    if (!children.isEmpty()) {
      throw Problem.refused(
          "branch %s has children: %s; delete them first"
              .formatted(
                  branch.label(),
                  children.stream().map(Branch::label).collect(Collectors.joining(", "))));
    }
  }

  /** Refuses what nobody may delete by a request of its own. */
  public static void checkAsked(Content content, Branch branch) {
    check(content, branch);
    checkNotDefault(content, branch);
  }

  /** Refuses to leave a project without the branch that is taken when a request names none. */
  private static void checkNotDefault(Content content, Branch branch) {
    var project = content.project(branch.project());
    if (content.branchesOf(project.id()).size() == 1) {
      throw Problem.refused(
          "branch %s is the only one of project '%s', and a project has at least one; delete the project instead"
              .formatted(branch.label(), project.name()));
    }
    if (project.defaultBranch().equals(Optional.of(branch.id()))) {
      throw Problem.refused(
          "branch %s is the default one of project '%s'; make another branch the default one first: POST /api/v2/projects/%s/branches/{branch_id}/set_as_default"
              .formatted(branch.label(), project.name(), project.id()));
    }
  }
}
