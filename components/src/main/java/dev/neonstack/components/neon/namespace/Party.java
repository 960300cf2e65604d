package dev.neonstack.components.neon.namespace;

import dev.neonstack.components.neon.kube.ControllerDatabaseNames;
import dev.neonstack.components.neon.kube.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Pods a network policy is about.
 *
 * @param name of the policy
 * @param labels by which the pods are chosen
 */
record Party(String name, Map<String, String> labels) {
  /** The Postgres of the storage controller, whose pods its operator makes. */
  static final Party DATABASE =
      new Party(
          ControllerDatabaseNames.CLUSTER,
          Map.of("cnpg.io/cluster", ControllerDatabaseNames.CLUSTER));

  static Party of(Role role) {
    return new Party(role.word(), role.selector());
  }

  static List<Party> all(boolean databaseInside) {
    var all = new ArrayList<>(Arrays.stream(Role.values()).map(Party::of).toList());
    if (databaseInside) {
      all.add(DATABASE);
    }
    return all;
  }
}
