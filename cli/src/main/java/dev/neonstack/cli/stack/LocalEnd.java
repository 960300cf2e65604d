package dev.neonstack.cli.stack;

import dev.neonstack.cli.BranchTable;
import dev.neonstack.cli.Branches;
import dev.neonstack.cli.Branches.Place;
import dev.neonstack.cli.Surroundings;
import dev.neonstack.local.client.LocalProcessException;
import dev.neonstack.neon.controlplane.Database;
import dev.neonstack.neon.controlplane.Endpoint;
import dev.neonstack.review.Declared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The end of {@code up} on this machine: the branches, and whether what is declared is there. */
final class LocalEnd {
  private static final String TREE = "neonstack:index:";

  private final Surroundings surroundings;
  private final Branches branches;

  LocalEnd(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.branches =
        new Branches(
            surroundings
                .local()
                .find()
                .orElseThrow(
                    () ->
                        new LocalProcessException(
                            "the local process has ended; its log is "
                                + surroundings.paths().logFile()
                                + ". ./neonstack up starts it again")));
  }

  /**
   * Prints the branches of the stack; 1 when one that it declares is missing or does not answer.
   */
  int show(List<Declared> resources, List<String> order, boolean withPasswords) {
    var declared = branches(resources);
    var places =
        branches.all().stream()
            .filter(place -> declared.containsKey(place.branch().id().toString()))
            .toList();
    var problems = new ArrayList<String>();
    places.forEach(place -> check(place, problems));
    surroundings.out().print(new BranchTable(branches, order).of(places, withPasswords));
    problems.addAll(0, missing(resources, declared, places));
    problems.forEach(problem -> surroundings.err().println("error: " + problem));
    return problems.isEmpty() ? 0 : 1;
  }

  private static Map<String, Declared> branches(List<Declared> resources) {
    return resources.stream()
        .filter(one -> one.type().equals(TREE + "Branch") && one.input("branchId").isTextual())
        .collect(
            Collectors.toMap(
                one -> one.input("branchId").asText(),
                Function.identity(),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  private void check(Place place, List<String> problems) {
    place
        .endpoint()
        .ifPresent(
            endpoint ->
                obstacle(place, endpoint)
                    .ifPresent(
                        why ->
                            problems.add(
                                "%s does not answer at %s:%d: %s"
                                    .formatted(
                                        place.path(), endpoint.host(), endpoint.port(), why))));
  }

  private Optional<String> obstacle(Place place, Endpoint endpoint) {
    if (PostgresAnswer.isGiven(endpoint.host(), endpoint.port())) {
      return Optional.empty();
    }
    try {
      var now = branches.client().startEndpoint(place.project().id(), endpoint.id());
      return PostgresAnswer.isGiven(now.host(), now.port())
          ? Optional.empty()
          : now.failure()
              .or(
                  () ->
                      Optional.of(
                          "its server is "
                              + now.currentState().name().toLowerCase(Locale.ROOT)
                              + "; ./neonstack doctor looks for the cause"));
    } catch (RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private List<String> missing(
      List<Declared> resources, Map<String, Declared> declared, List<Place> places) {
    var there =
        places.stream()
            .collect(Collectors.toMap(place -> place.branch().id().toString(), place -> place));
    var missing = new ArrayList<String>();
    declared.forEach(
        (id, branch) -> {
          if (!there.containsKey(id)) {
            missing.add(branch.name());
          }
        });
    for (var part : resources) {
      var place = there.get(part.input("branch").asText(""));
      if (place != null && isMissing(part, place)) {
        missing.add(part.name() + " (" + part.type().substring(TREE.length()) + ")");
      }
    }
    return missing.isEmpty()
        ? List.of()
        : List.of(
            "declared, and not there: "
                + String.join(", ", missing)
                + ". Somebody removed it, or it has expired. Make it again, as new: ./neonstack up --refresh; or take it out of the configuration");
  }

  private boolean isMissing(Declared part, Place place) {
    return switch (part.type()) {
      case TREE + "Endpoint" -> place.endpoint().isEmpty();
      case TREE + "Database" ->
          branches.databases(place).stream()
              .map(Database::name)
              .noneMatch(part.input("name").asText()::equals);
      default -> false;
    };
  }
}
