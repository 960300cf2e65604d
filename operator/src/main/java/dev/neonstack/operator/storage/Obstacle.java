package dev.neonstack.operator.storage;

/**
 * What stands against running a compute.
 *
 * @param reason in a word, for programs
 * @param message for people: what is wrong, and what to do
 * @param passing whether it may go away by itself, so that nothing can be said of the compute yet
 */
public record Obstacle(String reason, String message, boolean passing) {
  /** One that stays until somebody does something. */
  public static Obstacle lasting(String reason, String message) {
    return new Obstacle(reason, message, false);
  }

  /** One that may go away by itself. */
  public static Obstacle passing(String reason, String message) {
    return new Obstacle(reason, message, true);
  }
}
