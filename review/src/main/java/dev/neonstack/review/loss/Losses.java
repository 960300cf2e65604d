package dev.neonstack.review.loss;

import dev.neonstack.review.Change;
import dev.neonstack.review.Preview;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one rule by which every command and the comment on a pull request tell what is lost: rows and
 * whatever else cannot be made again, access that somebody relies on, and branches that end within
 * the hour.
 */
public final class Losses {
  private Losses() {}

  /** What the update of a preview would take away if it were made at this moment. */
  public static List<Loss> of(Preview preview, Instant now) {
    var tree = new TreeLosses(preview.changes(), now);
    return preview.changes().stream()
        .flatMap(change -> tree.knows(change) ? tree.of(change) : ofOthers(change))
        .toList();
  }

  private static Stream<Loss> ofOthers(Change change) {
    if (change.removes()) {
      var resource = change.before().orElseGet(change::resource);
      return Holdings.of(resource.type())
          .map(words -> new Loss(name(change), verb(change) + "; " + words))
          .stream();
    }
    return Shrinking.of(change).map(words -> new Loss(name(change), words)).stream();
  }

  private static String name(Change change) {
    return change.resource().type() + " " + change.resource().name();
  }

  private static String verb(Change change) {
    return change.kind() == Change.Kind.REPLACE ? "is replaced by another" : "is removed";
  }
}
