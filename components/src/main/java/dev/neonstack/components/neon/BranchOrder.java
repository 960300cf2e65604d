package dev.neonstack.components.neon;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Puts the branches of a project into an order in which each comes after its parent. */
final class BranchOrder {
  private BranchOrder() {}

  /**
   * The branches, parents first, otherwise in the order given.
   *
   * @throws IllegalArgumentException when a parent is missing or is its own ancestor
   */
  static List<BranchSpec> parentsFirst(List<BranchSpec> branches) {
    var ordered = new ArrayList<BranchSpec>();
    var placed = new HashSet<Optional<String>>();
    placed.add(Optional.empty());
    var waiting = new ArrayList<>(branches);
    while (!waiting.isEmpty()) {
      var ready = waiting.stream().filter(branch -> placed.contains(branch.parent())).toList();
      if (ready.isEmpty()) {
        throw new IllegalArgumentException(
            "parents of %s are not among the branches or form a cycle; expected a tree"
                .formatted(waiting.stream().map(BranchSpec::name).toList()));
      }
      ready.forEach(branch -> placed.add(Optional.of(branch.name())));
      ordered.addAll(ready);
      waiting.removeAll(ready);
    }
    return ordered;
  }
}
