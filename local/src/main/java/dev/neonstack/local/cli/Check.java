package dev.neonstack.local.cli;

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
