package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Conditions of statements. Of several keys each has to hold, of several values one is enough; of a
 * negated operator none may fit, and it holds where the call lacks the key.
 */
final class IamConditions {
  private static final Pattern OPERATOR =
      Pattern.compile("(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?");

  /**
   * The keys that calls of these services carry, beside global ones; a star stands for the rest.
   */
  private static final List<String> KEYS =
      List.of(
          "aws:*",
          "ec2:CreateAction",
          "kms:GrantIsForAWSResource",
          "kms:ViaService",
          "s3:TlsVersion",
          "s3:delimiter",
          "s3:prefix",
          "s3:x-amz-server-side-encryption",
          "s3:x-amz-server-side-encryption-aws-kms-key-id",
          "s3:x-amz-server-side-encryption-customer-algorithm",
          "*:aud",
          "*:sub");

  private IamConditions() {}

  static boolean hold(JsonNode conditions, Call call) {
    return conditions.properties().stream()
        .allMatch(
            operator ->
                operator.getValue().properties().stream()
                    .allMatch(key -> holds(operator.getKey(), key.getKey(), key.getValue(), call)));
  }

  private static boolean holds(String operator, String key, JsonNode values, Call call) {
    var parts = OPERATOR.matcher(operator);
    if (!parts.matches()) {
      throw new IllegalArgumentException("there is no operator " + operator);
    }
    if (KEYS.stream().noneMatch(known -> IamText.fits(known, key, false))) {
      throw new IllegalArgumentException("no call carries " + key);
    }
    var wanted = IamText.list(values);
    var given = call.context().get(key);
    var name = parts.group(2);
    if (name.equals("Null")) {
      return wanted.contains(Boolean.toString(given == null));
    }
    var negated = name.contains("Not");
    if (given == null) {
      return negated || parts.group(3) != null || "ForAllValues".equals(parts.group(1));
    }
    var fits = comparison(name.replace("Not", ""));
    BiPredicate<String, String> filled =
        (pattern, value) ->
            IamText.filled(pattern, call).filter(text -> fits.test(text, value)).isPresent();
    if ("ForAllValues".equals(parts.group(1))) {
      return given.stream().allMatch(value -> negated != anyFits(wanted, value, filled));
    }
    if ("ForAnyValue".equals(parts.group(1))) {
      return given.stream().anyMatch(value -> negated != anyFits(wanted, value, filled));
    }
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          "%s is asked of one value, and %s has %s".formatted(operator, key, given));
    }
    return negated != anyFits(wanted, given.get(0), filled);
  }

  private static boolean anyFits(
      List<String> wanted, String value, BiPredicate<String, String> fits) {
    return wanted.stream().anyMatch(pattern -> fits.test(pattern, value));
  }

  private static BiPredicate<String, String> comparison(String operator) {
    return switch (operator) {
      case "StringEquals" -> String::equals;
      case "StringEqualsIgnoreCase", "Bool" -> String::equalsIgnoreCase;
      case "StringLike", "ArnLike", "ArnEquals" ->
          (pattern, value) -> IamText.fits(pattern, value, true);
      case "NumericEquals" -> (limit, value) -> compare(value, limit) == 0;
      case "NumericLessThan" -> (limit, value) -> compare(value, limit) < 0;
      case "NumericLessThanEquals" -> (limit, value) -> compare(value, limit) <= 0;
      case "NumericGreaterThan" -> (limit, value) -> compare(value, limit) > 0;
      case "NumericGreaterThanEquals" -> (limit, value) -> compare(value, limit) >= 0;
      default -> throw new IllegalArgumentException("operator " + operator + " is not evaluated");
    };
  }

  private static int compare(String value, String limit) {
    return new BigDecimal(value).compareTo(new BigDecimal(limit));
  }
}
