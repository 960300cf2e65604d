package dev.neonstack.review.policy;

/**
 * A resource that need not keep a rule.
 *
 * @param rule its id
 * @param resource name of the resource; a star at the end stands for any rest
 * @param reason why that is right
 */
public record Exemption(String rule, String resource, String reason) {
  /** Refuses one without a reason, and one for everything. */
  public Exemption {
    if (Policies.rules().stream().noneMatch(known -> known.id().equals(rule))) {
      throw new IllegalArgumentException(
          "exemption from rule '%s'; allowed are %s. Correct the id."
              .formatted(
                  rule, String.join(", ", Policies.rules().stream().map(Rule::id).toList())));
    }
    if (resource.isBlank() || resource.equals("*")) {
      throw new IllegalArgumentException(
          "exemption from %s for resource '%s'; allowed is the name of one, or its beginning and a star. Name it."
              .formatted(rule, resource));
    }
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "exemption from %s for '%s' has no reason; allowed is a sentence. Write one."
              .formatted(rule, resource));
    }
  }

  boolean covers(String id, String name) {
    var matches =
        resource.endsWith("*")
            ? name.startsWith(resource.substring(0, resource.length() - 1))
            : name.equals(resource);
    return matches && rule.equals(id);
  }
}
