package dev.neonstack.cli.stack;

import dev.neonstack.cli.Branches;
import dev.neonstack.cli.Branches.Place;
import dev.neonstack.neon.controlplane.Database;
import dev.neonstack.review.Change;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Preview;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a stack has made and still declares, and somebody else has removed. */
final class Missing {
  private static final String TREE = "neonstack:index:";
  private static final Set<String> OF_SERVERS = Set.of(TREE + "Role", TREE + "Database");
  private static final Set<Change.Kind> STAYS = Set.of(Change.Kind.KEEP, Change.Kind.UPDATE);

  private final Branches branches;
  private final Map<String, Place> places;

  /** Looks at what is there. */
  Missing(Branches branches) {
    this.branches = branches;
    this.places =
        branches.all().stream()
            .collect(
                Collectors.toMap(
                    place -> place.branch().id().toString(),
                    place -> place,
                    (one, other) -> one,
                    LinkedHashMap::new));
  }

  /** The branches among them that are there. */
  List<Place> there(List<Declared> resources) {
    var declared =
        resources.stream()
            .filter(one -> one.type().equals(TREE + "Branch"))
            .map(one -> id(one, "branchId"))
            .collect(Collectors.toSet());
    return places.values().stream()
        .filter(place -> declared.contains(place.branch().id().toString()))
        .toList();
  }

  /** A sentence, where one of them is not there. */
  Optional<String> of(List<Declared> resources) {
    var projects =
        branches.client().projects().stream()
            .map(project -> project.id().toString())
            .collect(Collectors.toSet());
    var missing =
        resources.stream()
            .filter(isMissing(projects))
            .map(one -> one.name() + " (" + kind(one) + ")")
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "declared, and not there: "
                + missing
                + ". Somebody removed it, or it has expired. Make it again, as new: ./neonstack up --refresh; or take it out of the configuration");
  }

  /**
   * As {@link #of(List)}, of what an update would leave as it is or change in place. For roles and
   * databases a server may have to be started, so that they are not looked for.
   */
  Optional<String> of(Preview preview) {
    return of(
        preview.changes().stream()
            .filter(change -> STAYS.contains(change.kind()))
            .map(Change::resource)
            .filter(one -> !OF_SERVERS.contains(one.type()))
            .toList());
  }

  private static String kind(Declared one) {
    return one.type().substring(TREE.length()).toLowerCase(Locale.ROOT);
  }

  private Predicate<Declared> isMissing(Set<String> projects) {
    return one ->
        switch (one.type()) {
          case TREE + "Project" -> isGone(id(one, "tenantId"), projects);
          case TREE + "Branch" -> isGone(id(one, "branchId"), places.keySet());
          case TREE + "Endpoint", TREE + "Role", TREE + "Database" ->
              Optional.ofNullable(places.get(id(one, "branch")))
                  .flatMap(place -> Branches.ofItsServer(() -> lacks(place, one)))
                  .filter(lacks -> lacks)
                  .isPresent();
          default -> false;
        };
  }

  private static boolean isGone(String id, Set<String> known) {
    return !id.isEmpty() && !known.contains(id);
  }

  private boolean lacks(Place place, Declared part) {
    var name = part.input("name").asText();
    return switch (part.type()) {
      case TREE + "Endpoint" -> place.endpoint().isEmpty();
      case TREE + "Role" ->
          branches.client().role(place.project().id(), place.branch().id(), name).isEmpty();
      default -> branches.databases(place).stream().map(Database::name).noneMatch(name::equals);
    };
  }

  private static String id(Declared one, String property) {
    return one.input(property).asText("");
  }
}
