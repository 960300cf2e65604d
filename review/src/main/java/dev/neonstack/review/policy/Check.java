package dev.neonstack.review.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks for what breaks one rule. */
interface Check {
  Stream<Finding> findings(Declarations all, Profile profile);

  /** Finds the resources of these types whose value at the path is not good. */
  static Check each(List<String> types, String path, Predicate<JsonNode> good) {
    return (all, profile) ->
        all.of(types).flatMap(resource -> Finding.unless(resource, path, good));
  }
}
