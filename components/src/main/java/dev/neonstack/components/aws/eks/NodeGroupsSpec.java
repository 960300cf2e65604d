package dev.neonstack.components.aws.eks;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Nodes to have.
 *
 * @param groups one of them at least for {@link Purpose#SYSTEM}
 * @param sessionManager whether people allowed to may open a shell on a node by AWS Systems Manager
 * @param tags of machines and volumes, for the bill; those of the provider do not reach them
 */
public record NodeGroupsSpec(
    List<NodeGroupSpec> groups, boolean sessionManager, Map<String, String> tags) {
  public NodeGroupsSpec {
    groups = List.copyOf(groups);
    tags = Map.copyOf(tags);
    var names = new HashSet<String>();
    for (var group : groups) {
      if (!names.add(group.name())) {
        throw new IllegalArgumentException(
            "two node groups are named '%s'; expected each name once".formatted(group.name()));
      }
    }
    if (groups.stream().noneMatch(group -> group.purpose() == Purpose.SYSTEM)) {
      throw new IllegalArgumentException(
          "node groups are %s; expected one with purpose SYSTEM, for the cluster's own pods"
              .formatted(names));
    }
  }
}
