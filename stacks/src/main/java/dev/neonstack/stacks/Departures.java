package dev.neonstack.stacks;

import dev.neonstack.components.neon.BranchSpec;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.sdk.outputs.OwnBranch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The branches that a stack has made and declares no more. The engine deletes them after the
 * program has ended, and knows neither that one may only have got another name, nor in which words
 * a protected one is to be refused.
 */
final class Departures {

  /**
   * A branch that the stack has made.
   *
   * @param name its name in the engine, {@code project/branch}
   * @param parent the name of its parent in the engine; absent for a root
   */
  record Made(String name, Optional<String> parent, boolean protectedBranch) {
    String project() {
      return name.substring(0, name.indexOf('/'));
    }
  }

  /** A branch that is declared, with all names by which the engine may know it. */
  private record Declared(ProjectSpec project, BranchSpec branch, Set<String> names) {
    String name() {
      return project.name() + "/" + branch.name();
    }
  }

  private final List<Made> going;
  private final List<Declared> coming;
  private final Map<String, Declared> declared;

  Departures(List<ProjectSpec> projects, List<Made> made) {
    this.declared = new LinkedHashMap<>();
    for (var project : projects) {
      for (var branch : project.branches()) {
        var names = names(project, branch.name(), branch.formerNames());
        var one = new Declared(project, branch, names);
        names.forEach(name -> declared.putIfAbsent(name, one));
      }
    }
    this.going = made.stream().filter(one -> !declared.containsKey(one.name())).toList();
    var existing = made.stream().map(Made::name).collect(Collectors.toSet());
    this.coming =
        declared.values().stream()
            .distinct()
            .filter(one -> one.names().stream().noneMatch(existing::contains))
            .toList();
  }

  /** What of these branches is not declared. */
  static Departures of(List<ProjectSpec> projects, List<OwnBranch> made) {
    return new Departures(
        projects,
        made.stream()
            .map(
                one ->
                    new Made(name(one.urn()), one.parent().map(Departures::name), one.protected_()))
            .toList());
  }

  private static String name(String urn) {
    return urn.substring(urn.lastIndexOf("::") + 2);
  }

  private static Set<String> names(ProjectSpec project, String branch, List<String> formerNames) {
    var names = new LinkedHashSet<String>();
    for (var above : with(project.name(), project.formerNames())) {
      for (var own : with(branch, formerNames)) {
        names.add(above + "/" + own);
      }
    }
    return names;
  }

  private static List<String> with(String now, List<String> former) {
    var all = new ArrayList<>(List.of(now));
    all.addAll(former);
    return all;
  }

  /** What is refused: each sentence says why and what to do. */
  List<String> refusals() {
    return going.stream()
        .filter(Made::protectedBranch)
        .map(
            one ->
                "branch '%s' is protected and left out of the configuration; to remove it, declare it with"
                        .formatted(one.name())
                    + " protected: false, run up, then leave it out. If it has another name now, write its"
                    + " former one there as renamedFrom")
        .toList();
  }

  /** A former name that nothing has, where something else would be lost meanwhile. */
  List<String> unknownNames() {
    return going.isEmpty()
        ? List.of()
        : coming.stream()
            .filter(one -> one.names().size() > 1)
            .map(
                one ->
                    "branch '%s' has a renamedFrom, and the stack has made no branch of that name; left out"
                            .formatted(one.name())
                        + " and to be deleted is %s. Correct renamedFrom, or remove it to make an empty"
                            .formatted(quoted(going))
                        + " branch")
            .toList();
  }

  /** What looks like a rename and would be a loss. */
  List<String> warnings() {
    return going.stream()
        .filter(one -> !one.protectedBranch())
        .flatMap(one -> warning(one).stream())
        .distinct()
        .toList();
  }

  private Optional<String> warning(Made gone) {
    var project = gone.project();
    var newProjects = newProjects();
    if (!newProjects.isEmpty() && declared.keySet().stream().noneMatch(in(project))) {
      return Optional.of(
          "project '%s' would be deleted with all its branches and their data, and project %s made. If it"
                  .formatted(project, String.join(", ", newProjects))
              + " shall only have another name, write renamedFrom: %s there".formatted(project));
    }
    var same =
        coming.stream()
            .filter(one -> one.project().name().equals(project))
            .filter(one -> sameParent(gone, one))
            .map(one -> "'" + one.branch().name() + "'")
            .toList();
    var name = gone.name().substring(project.length() + 1);
    return same.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "branch '%s' would be deleted with its data, and %s made from the same parent. If it shall only"
                    .formatted(gone.name(), String.join(", ", same))
                + " have another name, write renamedFrom: %s there".formatted(name));
  }

  private static Predicate<String> in(String project) {
    return name -> name.startsWith(project + "/");
  }

  private List<String> newProjects() {
    return coming.stream()
        .map(Declared::project)
        .distinct()
        .filter(
            project ->
                project.branches().stream()
                    .allMatch(
                        branch -> coming.stream().anyMatch(one -> one.branch().equals(branch))))
        .map(project -> "'" + project.name() + "'")
        .toList();
  }

  private boolean sameParent(Made gone, Declared one) {
    var parent = one.branch().parent().map(name -> one.project().name() + "/" + name);
    var parents = gone.parent();
    return parent.isPresent()
        ? parents.map(name -> declared.get(name)).map(Declared::name).equals(parent)
        : parents.isEmpty();
  }

  private static String quoted(List<Made> branches) {
    return branches.stream().map(one -> "'" + one.name() + "'").collect(Collectors.joining(", "));
  }
}
