package dev.neonstack.review.policy;

import java.util.stream.Stream;

/** A rule and how it is checked. */
record CheckedRule(Rule rule, Check check) {
  static Builder rule(String id, String wants) {
    return new Builder(id, wants, false, "");
  }

  Stream<Violation> violations(Declarations all, Profile profile) {
    if (rule.productionOnly() && !profile.production()) {
      return Stream.empty();
    }
    return check
        .findings(all, profile)
        .filter(
            found ->
                profile.exemptions().stream()
                    .noneMatch(one -> one.covers(rule.id(), found.resource().name())))
        .map(found -> new Violation(rule.id(), found.resource().toString(), message(found)));
  }

  private String message(Finding found) {
    return "%s; allowed is %s. %s".formatted(found.what(), rule.wants(), rule.change());
  }

  /** A rule in the making. */
  record Builder(String id, String wants, boolean production, String reason) {
    Builder because(String why) {
      return new Builder(id, wants, production, why);
    }

    Builder inProduction() {
      return new Builder(id, wants, true, reason);
    }

    CheckedRule change(String change, Check check) {
      return new CheckedRule(new Rule(id, production, wants, reason, change), check);
    }
  }
}
