package dev.neonstack.operator.reconcile;

/**
 * What a condition says.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason in a word, for programs
 * @param message for people
 * @param alarming whether somebody should look at it
 */
record Verdict(String status, String reason, String message, boolean alarming) {
  static Verdict yes(String reason, String message) {
    return new Verdict("True", reason, message, false);
  }

  static Verdict no(String reason, String message) {
    return new Verdict("False", reason, message, false);
  }

  static Verdict bad(String reason, String message) {
    return new Verdict("False", reason, message, true);
  }

  static Verdict unknown(String reason, String message) {
    return new Verdict("Unknown", reason, message, true);
  }
}
