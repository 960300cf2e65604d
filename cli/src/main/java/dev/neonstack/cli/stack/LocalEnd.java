package dev.neonstack.cli.stack;

import dev.neonstack.cli.BranchTable;
import dev.neonstack.cli.Branches;
import dev.neonstack.cli.Branches.Place;
import dev.neonstack.cli.Surroundings;
import dev.neonstack.neon.controlplane.Endpoint;
import dev.neonstack.review.Declared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The end of {@code up} on this machine: the branches, and whether what is declared is there. */
final class LocalEnd {
  private final Surroundings surroundings;
  private final Branches branches;

  LocalEnd(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.branches = Branches.ofLocalProcess(surroundings);
  }

  /**
   * Prints the branches of the stack; 1 when one that it declares is missing or does not answer.
   */
  int show(List<Declared> resources, List<String> order, boolean withPasswords) {
    var missing = new Missing(branches);
    var places = missing.there(resources);
    var problems = new ArrayList<String>();
    missing.of(resources).ifPresent(problems::add);
    places.forEach(place -> check(place, problems));
    surroundings.out().print(new BranchTable(branches, order).of(places, withPasswords));
    problems.forEach(problem -> surroundings.err().println("error: " + problem));
    return problems.isEmpty() ? 0 : 1;
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
}
