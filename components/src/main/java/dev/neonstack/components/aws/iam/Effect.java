package dev.neonstack.components.aws.iam;

/** What a statement of a policy does with a call it fits. */
public enum Effect {
  ALLOW("Allow"),
  DENY("Deny");

  private final String word;

  Effect(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
