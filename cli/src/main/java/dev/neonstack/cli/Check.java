package dev.neonstack.cli;

import java.util.List;

/**
 * One thing doctor looked at.
 *
 * @param name what was looked at
 * @param verdict how it stands
 * @param finding what was found, and what to do where it is not well
 */
record Check(String name, Verdict verdict, String finding) {

  enum Verdict {
    OK,
    WARNING,
    PROBLEM
  }

  /** All checks as a table. */
  static TextTable table(List<Check> checks) {
    var table = new TextTable("CHECK", "", "FINDING");
    checks.forEach(check -> table.add(check.name(), word(check.verdict()), check.finding()));
    return table;
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case OK -> "ok";
      case WARNING -> "warning";
      case PROBLEM -> "problem";
    };
  }

  static Check ok(String name, String finding) {
    return new Check(name, Verdict.OK, finding);
  }

  static Check warning(String name, String finding) {
    return new Check(name, Verdict.WARNING, finding);
  }

  static Check problem(String name, String finding) {
    return new Check(name, Verdict.PROBLEM, finding);
  }
}
