package dev.neonstack.review.plan;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.neonstack.review.Change;
import dev.neonstack.review.Change.Kind;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Preview;
import dev.neonstack.review.Values;
import dev.neonstack.review.loss.Expiry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words for one resource of a plan. */
final class Pieces {
  private static final String TREE = "neonstack:index:";
  private static final String BRANCH = TREE + "Branch";
  private static final int LONG = 40;

  private final Instant now;
  private final Map<String, String> branches;

  Pieces(Preview preview, Instant now) {
    this.now = now;
    this.branches =
        Stream.concat(preview.before().stream(), preview.after().stream())
            .filter(one -> one.type().equals(BRANCH) && one.input("branchId").isTextual())
            .collect(
                Collectors.toMap(
                    one -> one.input("branchId").asText(),
                    one -> one.input("name").asText(),
                    (before, after) -> after));
  }

  static boolean isOfTree(Declared resource) {
    return resource.type().startsWith(TREE);
  }

  /** The project or branch it belongs to: its name says so, up to a name of its own. */
  static String owner(Declared resource) {
    var isInside = resource.type().matches(TREE + "(Role|Database)");
    var end = "/" + resource.input("name").asText();
    return isInside && resource.name().endsWith(end)
        ? resource.name().substring(0, resource.name().length() - end.length())
        : resource.name();
  }

  String words(Change change) {
    var resource = change.resource();
    var differences = change.kind() == Kind.UPDATE ? differences(change) : "";
    if (!isOfTree(resource)) {
      return differences;
    }
    var kind = resource.type().substring(TREE.length()).toLowerCase(Locale.ROOT);
    var words =
        switch (kind) {
          case "role", "database" -> kind + " " + resource.input("name").asText();
          case "branch" -> kind + parent(change) + end(change);
          default -> kind;
        };
    return differences.isEmpty() ? words : words + ": " + differences;
  }

  private String parent(Change change) {
    var id = change.resource().input("parent").asText("");
    return change.kind() != Kind.UPDATE && branches.containsKey(id)
        ? " from " + branches.get(id)
        : "";
  }

  private String end(Change change) {
    return change.kind() == Kind.DELETE
        ? ""
        : Expiry.of(change.resource(), now)
            .map(moment -> " that ends at " + moment.truncatedTo(ChronoUnit.SECONDS))
            .orElse("");
  }

  private static String differences(Change change) {
    return change.properties().stream()
        .sorted()
        .map(property -> difference(change, property))
        .collect(joining(", "));
  }

  private static String difference(Change change, String property) {
    var before = text(change.before().map(one -> one.input(property)));
    var after = text(change.after().map(one -> one.input(property)));
    return before.length() + after.length() > LONG || before.equals(after)
        ? property
        : property + " " + before + " → " + after;
  }

  private static String text(Optional<JsonNode> found) {
    var value = found.orElse(MissingNode.getInstance());
    if (Values.isAbsent(value)) {
      return "none";
    }
    return Values.isUnknown(value)
        ? "[known after up]"
        : value.isTextual() ? value.asText() : value.toString();
  }
}
