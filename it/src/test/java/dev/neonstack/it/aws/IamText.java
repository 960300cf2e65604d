package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts of policies: one or a list of them, with wildcards and variables. */
final class IamText {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

  private IamText() {}

  static List<String> list(JsonNode node) {
    return node.isArray()
        ? node.valueStream().map(JsonNode::asText).toList()
        : List.of(node.asText());
  }

  /** Whether a text with wildcards and variables fits; a variable without a value fits nothing. */
  static boolean isLike(String pattern, String asked, boolean caseCounts, Call call) {
    return filled(pattern, call).filter(text -> fits(text, asked, caseCounts)).isPresent();
  }

  static boolean fits(String pattern, String asked, boolean caseCounts) {
    var expression =
        pattern
            .codePoints()
            .mapToObj(
                character ->
                    switch (character) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(character));
                    })
            .collect(Collectors.joining());
    return Pattern.compile(expression, Pattern.DOTALL | (caseCounts ? 0 : Pattern.CASE_INSENSITIVE))
        .matcher(asked)
        .matches();
  }

  /** The text with what its variables stand for. */
  static Optional<String> filled(String text, Call call) {
    var matcher = VARIABLE.matcher(text);
    var filled = new StringBuilder();
    while (matcher.find()) {
      var values = call.context().getOrDefault(matcher.group(1), List.of());
      if (values.size() != 1) {
        return Optional.empty();
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(values.get(0)));
    }
    matcher.appendTail(filled);
    return Optional.of(filled.toString());
  }
}
