package dev.neonstack.review.loss;

import dev.neonstack.review.Change;
import dev.neonstack.review.Change.Kind;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Preview;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A branch that goes while one with the same parent is made: perhaps one that was renamed. */
public final class Renames {
  private static final String BRANCH = "neonstack:index:Branch";

  private Renames() {}

  /** Says of each such pair how to keep the rows. */
  public static List<String> of(Preview preview) {
    var going = of(preview, Kind.DELETE).toList();
    return of(preview, Kind.CREATE)
        .flatMap(made -> words(made, going.stream().filter(old -> stoodWhere(old, made)).toList()))
        .toList();
  }

  private static Stream<Declared> of(Preview preview, Kind kind) {
    return preview.changes().stream()
        .filter(change -> change.kind() == kind)
        .map(Change::resource)
        .filter(resource -> resource.type().equals(BRANCH));
  }

  private static boolean stoodWhere(Declared old, Declared made) {
    return Stream.of("project", "parent")
        .allMatch(property -> old.input(property).equals(made.input(property)));
  }

  private static Stream<String> words(Declared made, List<Declared> old) {
    return old.isEmpty()
        ? Stream.of()
        : Stream.of(
            ("%s goes, and %s is made from the same parent. If that is %s under a new name, write"
                    + " 'renamedFrom: %s' below 'name: %s': then it stays, with its rows")
                .formatted(
                    old.stream().map(Declared::name).collect(Collectors.joining(" or ")),
                    made.name(),
                    old.size() == 1 ? "the same branch" : "one of these",
                    old.get(0).input("name").asText(),
                    made.input("name").asText()));
  }
}
