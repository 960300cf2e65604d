package dev.neonstack.review.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a check found.
 *
 * @param resource where
 * @param what a clause that says what is wrong and the value got
 */
record Finding(Declared resource, String what) {
  private static final int SHOWN = 120;

  /** Names the value at the path, or says that there is none. */
  static Finding of(Declared resource, String path, JsonNode value) {
    return new Finding(resource, path + " is " + shown(value));
  }

  /** A finding unless the value at the path is good, or hidden so that nobody can tell. */
  static Stream<Finding> unless(Declared resource, String path, Predicate<JsonNode> good) {
    var value = resource.input(path);
    return Values.isHidden(value) || good.test(value)
        ? Stream.empty()
        : Stream.of(of(resource, path, value));
  }

  /** A value that is this text, number or boolean. */
  static Predicate<JsonNode> is(String text) {
    return value -> value.asText().equals(text);
  }

  static Predicate<JsonNode> present() {
    return value -> !Values.isAbsent(value) && !(value.isContainerNode() && value.isEmpty());
  }

  private static String shown(JsonNode value) {
    if (Values.isAbsent(value)) {
      return "missing";
    }
    if (Values.isSecret(value)) {
      return "a secret";
    }
    var text = value.isValueNode() ? value.asText() : value.toString();
    return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "'";
  }
}
