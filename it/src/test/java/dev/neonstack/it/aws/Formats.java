package dev.neonstack.it.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What values have to look like: patterns from a file, and what no pattern can say. */
final class Formats {
  private static final Pattern CHOICE = Pattern.compile("one of (.*)");
  private static final Pattern RANGE = Pattern.compile("from (-?\\d+) to (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_TAGS = 50;
  private static final List<Cidr> PRIVATE =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16").stream()
          .map(text -> Cidr.parse(text).orElseThrow())
          .toList();

  private static final Map<String, Function<JsonNode, Optional<String>>> CHECKS =
      Map.ofEntries(
          Map.entry("cidr", value -> cidr(value, 0, 32)),
          Map.entry("networkCidr", value -> cidr(value, 16, 28)),
          Map.entry("serviceCidr", Formats::serviceCidr),
          Map.entry("trustPolicy", value -> PolicyJson.TRUST.problem(value.asText())),
          Map.entry("identityPolicy", value -> PolicyJson.IDENTITY.problem(value.asText())),
          Map.entry("inlinePolicy", value -> PolicyJson.INLINE.problem(value.asText())),
          Map.entry("resourcePolicy", value -> PolicyJson.RESOURCE.problem(value.asText())),
          Map.entry("lifecycleRules", Formats::lifecycleRules),
          Map.entry("base64", Formats::base64),
          Map.entry("json", Formats::json),
          Map.entry("tags", Formats::tags));

  private final Map<String, Function<JsonNode, Optional<String>>> all = new HashMap<>(CHECKS);

  /** Takes in the patterns of a file. */
  Formats(JsonNode patterns) {
    for (var named : patterns.properties()) {
      var pattern = Pattern.compile(named.getValue().path("pattern").asText());
      var means = named.getValue().path("means").asText();
      all.put(
          named.getKey(), value -> expect(pattern.matcher(value.asText()).matches(), value, means));
    }
  }

  /** What is wrong with a known value; nothing when it is fine. */
  Optional<String> problem(String format, JsonNode value) {
    var choice = CHOICE.matcher(format);
    if (choice.matches()) {
      var choices = Arrays.asList(choice.group(1).split(", "));
      return expect(choices.contains(value.asText()), value, format);
    }
    var range = RANGE.matcher(format);
    if (range.matches()) {
      var number = value.asLong(Long.MIN_VALUE);
      var low = Long.parseLong(range.group(1));
      return expect(number >= low && number <= Long.parseLong(range.group(2)), value, format);
    }
    return Optional.ofNullable(all.get(format))
        .orElseThrow(() -> new IllegalStateException("there is no format " + format))
        .apply(value);
  }

  private static Optional<String> expect(boolean good, JsonNode value, String expected) {
    return good
        ? Optional.empty()
        : Optional.of("is '" + value.asText() + "'; expected " + expected);
  }

  private static Optional<String> cidr(JsonNode value, int least, int most) {
    var fits =
        Cidr.parse(value.asText()).filter(range -> range.bits() >= least && range.bits() <= most);
    return expect(fits.isPresent(), value, "an IPv4 range from /%d to /%d".formatted(least, most));
  }

  private static Optional<String> serviceCidr(JsonNode value) {
    var fits =
        Cidr.parse(value.asText())
            .filter(range -> range.bits() >= 12 && range.bits() <= 24)
            .filter(range -> PRIVATE.stream().anyMatch(block -> block.contains(range)));
    return expect(fits.isPresent(), value, "a private IPv4 range from /12 to /24");
  }

  private static Optional<String> base64(JsonNode value) {
    try {
      Base64.getDecoder().decode(value.asText().getBytes(ISO_8859_1));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("is not in Base64");
    }
  }

  private static Optional<String> json(JsonNode value) {
    try {
      return expect(JSON.readTree(value.asText()).isObject(), value, "a JSON object");
    } catch (JsonProcessingException e) {
      return expect(false, value, "a JSON object");
    }
  }

  /**
   * Which images a repository keeps: rules of different priority, each with a choice and an end.
   */
  private static Optional<String> lifecycleRules(JsonNode value) {
    try {
      var rules = JSON.readTree(value.asText()).path("rules");
      var priorities = new HashSet<Integer>();
      for (var rule : rules) {
        var whole =
            rule.at("/selection/tagStatus").asText().matches("tagged|untagged|any")
                && rule.at("/selection/countNumber").asInt() > 0
                && rule.at("/action/type").asText().equals("expire")
                && priorities.add(rule.path("rulePriority").asInt());
        if (!whole) {
          return expect(false, rule, "rulePriority, selection and action, but got " + rule);
        }
      }
      return expect(!rules.isEmpty(), value, "one rule at least");
    } catch (JsonProcessingException e) {
      return expect(false, value, "a JSON object");
    }
  }

  /** Keys that begin with {@code aws:} are AWS's own. */
  private static Optional<String> tags(JsonNode tags) {
    for (var tag : tags.properties()) {
      if (!tag.getKey().matches("(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}")) {
        return Optional.of("has a tag '" + tag.getKey() + "'; expected 1 to 128 characters");
      }
      if (!tag.getValue().asText().matches("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}")) {
        return Optional.of("has a tag '" + tag.getKey() + "' with a value AWS does not take");
      }
    }
    return tags.size() <= MAX_TAGS ? Optional.empty() : Optional.of("has more than 50 tags");
  }
}
