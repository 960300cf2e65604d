package dev.neonstack.review.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One statement of an IAM policy. */
record Statement(JsonNode node) {
  private static final String ANY = "*";

  boolean isAllow() {
    return node.path("Effect").asText().equals("Allow");
  }

  boolean isConditional() {
    return node.path("Condition").isObject() && !node.path("Condition").isEmpty();
  }

  boolean isForEverybody() {
    return isAllow() && !isConditional() && namesEverybody();
  }

  boolean namesEverybody() {
    var principal = node.path("Principal");
    return principal.asText().equals(ANY)
        || principal.valueStream().flatMap(Statement::texts).anyMatch(ANY::equals);
  }

  /** Denies everybody whatever comes without TLS. */
  boolean needsTls() {
    var isDenied = node.path("Effect").asText().equals("Deny") && namesEverybody();
    var isWhole =
        actions().stream().anyMatch(action -> action.equals(ANY) || action.equals("s3:*"));
    var secure = Values.at(node, "Condition.Bool").path("aws:SecureTransport");
    return isDenied && isWhole && texts(secure).anyMatch("false"::equals);
  }

  List<String> actions() {
    return texts(node.path("Action")).toList();
  }

  List<String> resources() {
    return texts(node.path("Resource")).toList();
  }

  boolean excludes() {
    return node.has("NotAction") || node.has("NotResource");
  }

  /** Values of the condition {@code StringEquals} whose key ends so; empty when there is none. */
  Optional<List<String>> equalTo(String keyEnd) {
    return node.path("Condition").path("StringEquals").properties().stream()
        .filter(condition -> condition.getKey().endsWith(keyEnd))
        .findFirst()
        .map(condition -> texts(condition.getValue()).toList());
  }

  private static Stream<String> texts(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(JsonNode::asText)
        : Stream.of(value).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }
}
