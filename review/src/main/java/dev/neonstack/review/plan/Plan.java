package dev.neonstack.review.plan;

import static java.util.stream.Collectors.joining;

import dev.neonstack.review.Change;
import dev.neonstack.review.Change.Kind;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Preview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an update would do: a line for each branch that changes, with all that belongs to it, in the
 * order of the configuration, after a line for each other resource.
 */
public final class Plan {
  private final Preview preview;
  private final Pieces pieces;

  private Plan(Preview preview, Instant now) {
    this.preview = preview;
    this.pieces = new Pieces(preview, now);
  }

  /** The lines of a preview; none where nothing changes. */
  public static List<Row> rows(Preview preview, Instant now) {
    return new Plan(preview, now).rows();
  }

  /** Whether an update would change anything, be it only what no line tells of. */
  public static boolean isEmpty(Preview preview) {
    return preview.changes().stream().allMatch(change -> change.kind() == Kind.KEEP);
  }

  private record Place(boolean inTree, int index, String name, Kind kind) {}

  private List<Row> rows() {
    var grouped = new LinkedHashMap<Place, List<Change>>();
    for (var change : preview.changes()) {
      if (isTold(change)) {
        grouped.computeIfAbsent(place(change), place -> new ArrayList<>()).add(change);
      }
    }
    return grouped.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.comparing(Place::inTree)
                    .thenComparing(Place::index)
                    .thenComparing(place -> place.inTree() ? place.name() : "")))
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** A provider is told of only when it is another one. */
  private static boolean isTold(Change change) {
    var type = change.resource().type();
    return change.kind() != Kind.KEEP
        && !type.equals("pulumi:pulumi:Stack")
        && !(type.startsWith("pulumi:providers:") && change.kind() != Kind.REPLACE);
  }

  private Place place(Change change) {
    var resource = change.resource();
    if (!Pieces.isOfTree(resource)) {
      return new Place(false, 0, resource.type() + " " + resource.name(), change.kind());
    }
    var name = Pieces.owner(resource);
    var index = preview.order().indexOf(name);
    return new Place(true, index < 0 ? Integer.MAX_VALUE : index, name, change.kind());
  }

  private Row row(Place place, List<Change> changes) {
    var words =
        changes.stream()
            .sorted(Comparator.comparing(change -> rank(change.resource())))
            .map(pieces::words)
            .filter(piece -> !piece.isEmpty())
            .collect(joining(", "));
    if (place.kind() == Kind.DELETE && changes.stream().allMatch(Change::leaves)) {
      return new Row(
          sign(place.kind()), place.name(), words + " (this stack lets go of it; it stays there)");
    }
    return new Row(sign(place.kind()), place.name(), words);
  }

  private static int rank(Declared resource) {
    return List.of("Project", "Branch", "Role", "Database", "Endpoint")
        .indexOf(resource.type().substring(resource.type().lastIndexOf(':') + 1));
  }

  private static String sign(Kind kind) {
    return switch (kind) {
      case KEEP -> " ";
      case CREATE -> "+";
      case UPDATE -> "~";
      case REPLACE -> "±";
      case DELETE -> "-";
      case ADOPT -> "=";
    };
  }
}
