package dev.neonstack.cli;

import dev.neonstack.cli.Branches.Place;
import dev.neonstack.neon.controlplane.Database;
import java.util.Comparator;
import java.util.List;

/** Branches with their connection strings, in the order of a configuration. */
public final class BranchTable {
  private final Branches branches;
  private final List<String> order;

  /**
   * A table of these branches.
   *
   * @param branches whose they are
   * @param order the branches as a configuration names them; others follow
   */
  public BranchTable(Branches branches, List<String> order) {
    this.branches = branches;
    this.order = List.copyOf(order);
  }

  /** A row for each database. */
  public String of(List<Place> places, boolean withPasswords) {
    var table = new TextTable("BRANCH", "DATABASE", "CONNECTION STRING");
    places.stream()
        .sorted(Comparator.comparing(this::rank))
        .forEach(place -> add(table, place, withPasswords));
    return table.toString();
  }

  private int rank(Place place) {
    var index = order.indexOf(place.project().name() + "/" + place.branch().name());
    return index < 0 ? Integer.MAX_VALUE : index;
  }

  private void add(TextTable table, Place place, boolean withPasswords) {
    var databases = Branches.ofItsServer(() -> branches.databases(place));
    if (databases.isEmpty()) {
      table.add(place.path(), "-", "(does not answer)");
    } else if (databases.get().isEmpty()) {
      table.add(place.path(), "-", "-");
    }
    for (var database : databases.orElse(List.of())) {
      table.add(place.path(), database.name(), uri(place, database, withPasswords));
    }
  }

  private String uri(Place place, Database database, boolean withPassword) {
    return branches
        .connectionUri(place, database)
        .map(uri -> withPassword ? uri : withoutPassword(uri))
        .orElse("(no endpoint)");
  }

  static String withoutPassword(String uri) {
    return uri.replaceFirst("://([^:/@]*):[^@]*@", "://$1:****@");
  }
}
