package dev.neonstack.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What {@code pulumi preview --json} says is declared, before and after.
 *
 * @param before what the last update left
 * @param after what the next one will leave
 * @param changes what becomes of each resource, parents before children
 * @param order the projects and branches in the order of the configuration, as {@code
 *     PROJECT/BRANCH}
 */
public record Preview(
    List<Declared> before, List<Declared> after, List<Change> changes, List<String> order) {
  private static final Set<String> GONE =
      Set.of("delete", "delete-replaced", "discard", "discard-replaced");

  /** Keeps its own copies. */
  public Preview {
    before = List.copyOf(before);
    after = List.copyOf(after);
    changes = List.copyOf(changes);
    order = List.copyOf(order);
  }

  /** Reads the document; a step that deletes something counts for the past only. */
  public static Preview read(JsonNode document) {
    if (!document.path("steps").isArray()) {
      throw new IllegalArgumentException(
          "the preview has no steps; expected the output of: pulumi preview --json");
    }
    var old = new HashMap<String, JsonNode>();
    var fresh = new HashMap<String, JsonNode>();
    var steps = new LinkedHashMap<String, List<JsonNode>>();
    for (var step : document.path("steps")) {
      note(old, step.path("oldState"));
      if (!GONE.contains(step.path("op").asText())) {
        note(fresh, step.path("newState"));
      }
      steps.computeIfAbsent(step.path("urn").asText(), urn -> new ArrayList<>()).add(step);
    }
    var before = declared(old);
    var after = declared(fresh);
    return new Preview(
        before,
        after,
        changes(steps, byUrn(before), byUrn(after)),
        ConfiguredOrder.of(document.path("config")));
  }

  private static Map<String, Declared> byUrn(List<Declared> resources) {
    return resources.stream().collect(Collectors.toMap(one -> one.urn().orElseThrow(), one -> one));
  }

  private static List<Change> changes(
      Map<String, List<JsonNode>> steps,
      Map<String, Declared> before,
      Map<String, Declared> after) {
    var changes = new ArrayList<Change>();
    steps.forEach(
        (urn, ofOne) -> {
          var was = former(ofOne).map(before::get);
          var is = Optional.ofNullable(after.get(urn));
          if (was.isPresent() || is.isPresent()) {
            changes.add(Change.of(ofOne, was, is));
          }
        });
    return changes;
  }

  /** Under a new name a resource has been another one in the state. */
  private static Optional<String> former(List<JsonNode> steps) {
    return steps.stream()
        .map(step -> step.path("oldState").path("urn").asText())
        .filter(urn -> !urn.isEmpty())
        .findFirst();
  }

  private static void note(Map<String, JsonNode> states, JsonNode state) {
    if (state.has("urn")) {
      states.put(state.path("urn").asText(), state);
    }
  }

  /** A component is what its children are; it counts itself only where none of them is shown. */
  private static List<Declared> declared(Map<String, JsonNode> states) {
    var parents = new HashSet<String>();
    states.values().forEach(state -> parents.add(state.path("parent").asText()));
    var declared = new ArrayList<Declared>();
    states.keySet().stream()
        .sorted()
        .map(states::get)
        .filter(state -> state.path("custom").asBoolean() || !parents.contains(urn(state)))
        .forEach(state -> declared.add(declared(state)));
    return declared;
  }

  private static Declared declared(JsonNode state) {
    var inputs = state.path("inputs");
    return new Declared(
        state.path("type").asText(),
        name(urn(state)),
        Optional.of(urn(state)),
        new Declared.Keeping(
            state.path("protect").asBoolean(), state.path("retainOnDelete").asBoolean()),
        inputs.isObject() ? inputs : JsonNodeFactory.instance.objectNode(),
        references(state.path("propertyDependencies")));
  }

  private static Map<String, Set<String>> references(JsonNode dependencies) {
    return dependencies.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, property -> keys(property.getValue())));
  }

  private static Set<String> keys(JsonNode urns) {
    return StreamSupport.stream(urns.spliterator(), false)
        .map(urn -> Declared.key(type(urn.asText()), name(urn.asText())))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String urn(JsonNode state) {
    return state.path("urn").asText();
  }

  /** A URN ends in the types from the outermost parent inwards, and the name. */
  private static String type(String urn) {
    var types = urn.split("::", 4)[2];
    return types.substring(types.lastIndexOf('$') + 1);
  }

  private static String name(String urn) {
    return urn.split("::", 4)[3];
  }
}
