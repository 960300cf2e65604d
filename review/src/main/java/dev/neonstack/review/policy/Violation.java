package dev.neonstack.review.policy;

/**
 * A resource that breaks a rule.
 *
 * @param rule its id
 * @param resource type and name
 * @param message what is wrong, what is allowed and what to change; no secret is in it
 */
public record Violation(String rule, String resource, String message) {
  /** One line for people. */
  @Override
  public String toString() {
    return "[" + rule + "] " + resource + ": " + message;
  }
}
