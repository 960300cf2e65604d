package dev.neonstack.stacks.config.reading;

import dev.neonstack.neon.AccountNames;
import dev.neonstack.neon.NameForm;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a name may look like and which names are taken by the platform. */
public enum NameRule {
  PROJECT(
      "a name of 1 to 63 characters a-z, 0-9, '-', '_' or '.' that starts and ends with a letter or digit",
      Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?"),
      name -> false,
      "any of them, none is reserved"),
  BRANCH(
      "a name of " + NameForm.EXPECTED,
      NameForm.PATTERN,
      name -> name.matches("[0-9a-f]{32}"),
      "a name that is not 32 hexadecimal digits, which would read as a branch id"),
  ROLE(
      "a name of 1 to 63 letters, digits, '_', '-', '.' or '@' that starts with a letter or '_'",
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.@-]{0,62}"),
      name -> !AccountNames.isRole(name),
      AccountNames.ROLE_FORM),
  DATABASE(
      "a name of 1 to 63 letters, digits, '_', '-' or '.' that starts with a letter or '_'",
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,62}"),
      name -> !AccountNames.isDatabase(name),
      AccountNames.DATABASE_FORM);

  private final String expected;
  private final Pattern form;

  /** Methods, which hold nothing. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Predicate<String> reserved;

  private final String notReserved;

  NameRule(String expected, Pattern form, Predicate<String> reserved, String notReserved) {
    this.expected = expected;
    this.form = form;
    this.reserved = reserved;
    this.notReserved = notReserved;
  }

  String expected() {
    return expected;
  }

  boolean check(String name, String path, Problems problems) {
    if (!form.matcher(name).matches()) {
      problems.wrong(path, name, expected, "Rename it.");
      return false;
    }
    if (reserved.test(name.toLowerCase(Locale.ROOT))) {
      problems.wrong(path, name, notReserved, "Choose another name.");
      return false;
    }
    return true;
  }
}
