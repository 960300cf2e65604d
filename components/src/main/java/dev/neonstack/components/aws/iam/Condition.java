package dev.neonstack.components.aws.iam;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What has to hold of a call for a statement to fit it.
 *
 * @param operator of IAM, such as {@code StringEquals}
 * @param key of the call, such as {@code s3:prefix}
 * @param values one of which has to match; of a negated operator, none
 */
public record Condition(String operator, Output<String> key, List<Output<String>> values) {
  private static final Pattern OPERATOR =
      Pattern.compile(
          "(For(All|Any)Values:)?"
              + "(String(Not)?(Equals(IgnoreCase)?|Like)"
              + "|(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)"
              + "|Arn(Not)?(Equals|Like)|(Not)?IpAddress|Bool|BinaryEquals)(IfExists)?"
              + "|Null");

  public Condition {
    requireNonNull(key, "key is null");
    values = List.copyOf(values);
    if (!OPERATOR.matcher(operator).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no condition operator; expected one of IAM's, such as StringEquals"
              .formatted(operator));
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "condition %s has no values; expected one or more".formatted(operator));
    }
  }

  public static Condition of(String operator, String key, String... values) {
    return new Condition(
        operator, Output.of(key), List.of(values).stream().map(Output::of).toList());
  }

  public static Condition of(String operator, String key, Output<String> value) {
    return new Condition(operator, Output.of(key), List.of(value));
  }
}
