package dev.neonstack.components.aws.iam;

import com.pulumi.core.Output;
import java.util.List;

/**
 * What a statement lets calls act on.
 *
 * @param arns which may hold wildcards, but not be one
 * @param unbounded whether it is everything, for calls that AWS ties to no resource
 */
public record Resources(List<Output<String>> arns, boolean unbounded) {
  public Resources {
    arns = List.copyOf(arns);
    if (unbounded && !arns.isEmpty()) {
      throw new IllegalArgumentException(
          "resources are everything and %d ARNs as well; expected one of both"
              .formatted(arns.size()));
    }
  }

  public static Resources of(String... arns) {
    return new Resources(List.of(arns).stream().map(Output::of).toList(), false);
  }

  public static Resources of(List<Output<String>> arns) {
    return new Resources(arns, false);
  }

  public static Resources of(Output<String> arn) {
    return new Resources(List.of(arn), false);
  }

  /**
   * Everything. Only for calls that know no resource, such as those that list, or with a condition
   * that says which.
   */
  public static Resources any() {
    return new Resources(List.of(), true);
  }

  /** None, as in trust policies, which are about the role they hang on. */
  public static Resources none() {
    return new Resources(List.of(), false);
  }
}
