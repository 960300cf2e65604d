package dev.neonstack.review;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of one resource.
 *
 * @param kind what happens to it
 * @param before how it was, where it was there
 * @param after how it will be, where it stays
 * @param properties those that differ
 */
public record Change(
    Kind kind, Optional<Declared> before, Optional<Declared> after, Set<String> properties) {

  /** What can happen to a resource. */
  public enum Kind {
    /** Nothing. */
    KEEP,
    /** It is made. */
    CREATE,
    /** It stays and differs afterwards. */
    UPDATE,
    /** Another one takes its place. */
    REPLACE,
    /** It is removed. */
    DELETE,
    /** What exists already is taken over. */
    ADOPT
  }

  private static final Set<String> OF_REPLACEMENTS =
      Set.of(
          "replace",
          "create-replacement",
          "delete-replaced",
          "discard-replaced",
          "import-replacement",
          "remove-pending-replace");

  /** Keeps its own copy. */
  public Change {
    requireNonNull(kind, "kind is null");
    requireNonNull(before, "before is null");
    requireNonNull(after, "after is null");
    properties = Set.copyOf(properties);
  }

  static Change of(List<JsonNode> steps, Optional<Declared> before, Optional<Declared> after) {
    var operations =
        steps.stream().map(step -> step.path("op").asText()).collect(Collectors.toSet());
    return new Change(
        kind(operations),
        before,
        after,
        steps.stream()
            .flatMap(
                step ->
                    Stream.concat(
                        names(step.path("diffReasons")), names(step.path("replaceReasons"))))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Stream<String> names(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).filter(Objects::nonNull);
  }

  /** What removes something and keeps something of the same name has replaced it. */
  private static Kind kind(Set<String> operations) {
    if (operations.stream().anyMatch(OF_REPLACEMENTS::contains)) {
      return Kind.REPLACE;
    }
    if (operations.contains("delete")) {
      return operations.size() == 1 ? Kind.DELETE : Kind.REPLACE;
    }
    if (operations.contains("create")) {
      return Kind.CREATE;
    }
    if (operations.contains("import")) {
      return Kind.ADOPT;
    }
    return operations.contains("update") ? Kind.UPDATE : Kind.KEEP;
  }

  /** The resource, as it will be where it stays. */
  public Declared resource() {
    return after.or(() -> before).orElseThrow();
  }

  /** Whether the resource as it is goes away. */
  public boolean removes() {
    return (kind == Kind.DELETE || kind == Kind.REPLACE) && !leaves();
  }

  /** Whether the stack lets go of the resource, which stays as it is. */
  public boolean leaves() {
    return (kind == Kind.DELETE || kind == Kind.REPLACE)
        && before.filter(one -> one.keeping().retainOnDelete()).isPresent();
  }
}
