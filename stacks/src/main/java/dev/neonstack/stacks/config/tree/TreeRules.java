package dev.neonstack.stacks.config.tree;

import dev.neonstack.components.neon.RoleSpec;
import dev.neonstack.stacks.config.reading.Nearest;
import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.UniqueNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules between the branches of one project. */
final class TreeRules {
  private final String project;
  private final List<DeclaredBranch> branches;
  private final Problems problems;
  private final Map<String, DeclaredBranch> byName = new LinkedHashMap<>();

  TreeRules(String project, List<DeclaredBranch> branches, Problems problems) {
    this.project = project;
    this.branches = branches;
    this.problems = problems;
  }

  void check() {
    namesAreUnique();
    parentsExist();
    noBranchIsItsOwnAncestor();
    branches.forEach(this::ownersAreRoles);
    branches.forEach(this::whatEndsHasNothingToKeep);
    branches.forEach(this::childrenOfArchivedBranchesAreArchived);
  }

  private void namesAreUnique() {
    var scope = "project '%s'".formatted(project);
    var names = new UniqueNames("branch", scope, problems);
    var former = new FormerNames("branch", scope, problems);
    for (var branch : branches) {
      names.add(branch.name(), branch.path() + ".name");
      former.add(branch.name(), branch.path(), branch.spec().formerNames());
      if (!branch.name().isEmpty()) {
        byName.putIfAbsent(branch.name(), branch);
      }
    }
    former.check();
  }

  private void parentsExist() {
    for (var branch : branches) {
      branch
          .spec()
          .parent()
          .filter(parent -> !byName.containsKey(parent))
          .ifPresent(
              parent ->
                  problems.wrong(
                      branch.path() + ".parent",
                      parent,
                      "the name of a branch of project '%s' (%s)"
                          .formatted(project, String.join(", ", byName.keySet())),
                      renamed(parent)
                          .orElseGet(
                              () ->
                                  Nearest.hint(
                                      parent,
                                      byName.keySet(),
                                      "Declare that branch or correct the name."))));
    }
  }

  private Optional<String> renamed(String formerName) {
    return branches.stream()
        .filter(branch -> branch.spec().formerNames().contains(formerName))
        .findFirst()
        .map(branch -> "It was renamed to '%s'; write that.".formatted(branch.name()));
  }

  private void noBranchIsItsOwnAncestor() {
    var reported = new HashSet<String>();
    for (var branch : byName.values()) {
      var walk = new LinkedHashSet<String>();
      Optional<String> next = Optional.of(branch.name());
      while (next.isPresent() && walk.add(next.get())) {
        next = parentOf(next.get());
      }
      if (next.isPresent() && !reported.contains(next.get())) {
        var cycle =
            new ArrayList<>(walk).subList(new ArrayList<>(walk).indexOf(next.get()), walk.size());
        reported.addAll(cycle);
        problems.add(
            "%s.parent closes a cycle: %s -> %s; expected a tree. Remove the parent of one of them."
                .formatted(byName.get(next.get()).path(), String.join(" -> ", cycle), next.get()));
      }
    }
  }

  private Optional<String> parentOf(String name) {
    return Optional.ofNullable(byName.get(name)).flatMap(branch -> branch.spec().parent());
  }

  private void ownersAreRoles(DeclaredBranch branch) {
    var roles = rolesOf(branch);
    var databases = branch.spec().databases();
    for (var index = 0; index < databases.size(); index++) {
      var owner = databases.get(index).owner();
      if (!owner.isEmpty() && !roles.contains(owner)) {
        problems.wrong(
            "%s.databases[%d].owner".formatted(branch.path(), index),
            owner,
            "a role of the branch or of its ancestors (%s)"
                .formatted(roles.isEmpty() ? "there is none" : String.join(", ", roles)),
            Nearest.hint(owner, roles, "Declare that role or name another."));
      }
    }
  }

  private Set<String> rolesOf(DeclaredBranch branch) {
    var roles = new TreeSet<String>();
    var seen = new HashSet<DeclaredBranch>();
    var next = Optional.of(branch);
    while (next.isPresent() && seen.add(next.get())) {
      next.get().spec().roles().stream()
          .map(RoleSpec::name)
          .filter(name -> !name.isEmpty())
          .forEach(roles::add);
      next = next.get().spec().parent().map(byName::get);
    }
    return roles;
  }

  private void whatEndsHasNothingToKeep(DeclaredBranch branch) {
    var lifetime = branch.spec().lifetime();
    if (!lifetime.ends()) {
      return;
    }
    var key = branch.path() + (lifetime.expiresAt().isPresent() ? ".expiresAt" : ".ttl");
    var value =
        lifetime
            .expiresAt()
            .map(Object::toString)
            .orElseGet(
                () -> "a lifetime of %d s".formatted(lifetime.ttl().orElseThrow().toSeconds()));
    if (lifetime.protectedBranch()) {
      problems.wrong(
          key, value, "no end, because the branch is protected", "Remove it or protected: true.");
    }
    var children = childrenOf(branch);
    if (!children.isEmpty()) {
      problems.wrong(
          key,
          value,
          "no end, because the branch has children (%s)".formatted(String.join(", ", children)),
          "Remove it or give the children another parent.");
    }
  }

  private void childrenOfArchivedBranchesAreArchived(DeclaredBranch branch) {
    var active =
        childrenOf(branch).stream().filter(name -> !byName.get(name).spec().archived()).toList();
    if (branch.spec().archived() && !active.isEmpty()) {
      problems.wrong(
          branch.path() + ".archived",
          true,
          "false, because children are not archived (%s)".formatted(String.join(", ", active)),
          "Archive the children too.");
    }
  }

  private List<String> childrenOf(DeclaredBranch branch) {
    return byName.values().stream()
        .filter(child -> child.spec().parent().equals(Optional.of(branch.name())))
        .map(DeclaredBranch::name)
        .toList();
  }
}
