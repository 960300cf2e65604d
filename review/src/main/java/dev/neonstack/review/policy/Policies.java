package dev.neonstack.review.policy;

import dev.neonstack.review.Declared;
import java.util.List;
import java.util.stream.Stream;

/** All rules. */
public final class Policies {
  private static final List<CheckedRule> RULES =
      Stream.of(
              BucketRules.all(),
              IamRules.all(),
              ClusterRules.all(),
              NodeRules.all(),
              AccountRules.all(),
              RegistryRules.all(),
              NetworkRules.all(),
              PodRules.all(),
              PostgresRules.all())
          .flatMap(List::stream)
          .toList();

  private Policies() {}

  /** The rules, in the order in which violations are listed. */
  public static List<Rule> rules() {
    return RULES.stream().map(CheckedRule::rule).toList();
  }

  /**
   * Everything that breaks a rule, at once. What is secret or not known yet cannot be judged and
   * passes.
   */
  public static List<Violation> check(List<Declared> declared, Profile profile) {
    var all = new Declarations(declared);
    return RULES.stream().flatMap(rule -> rule.violations(all, profile)).distinct().toList();
  }
}
