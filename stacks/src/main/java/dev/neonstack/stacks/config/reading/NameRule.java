package dev.neonstack.stacks.config.reading;

import dev.neonstack.neon.NameForm;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a name may look like and which names are taken by the platform. */
public enum NameRule {
  PROJECT(
      "a name of 1 to 63 characters a-z, 0-9, '-', '_' or '.' that starts and ends with a letter or digit",
      Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?"),
      Pattern.compile("(?!)"),
      "any of them, none is reserved"),
  BRANCH(
      "a name of " + NameForm.EXPECTED,
      NameForm.PATTERN,
      Pattern.compile("[0-9a-f]{32}"),
      "a name that is not 32 hexadecimal digits, which would read as a branch id"),
  ROLE(
      "a name of 1 to 63 letters, digits, '_', '-', '.' or '@' that starts with a letter or '_'",
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.@-]{0,62}"),
      Pattern.compile("pg_.*|cloud_admin|neon_superuser|public|none"),
      "a name other than cloud_admin, neon_superuser, public, none and pg_…, which are reserved"),
  DATABASE(
      "a name of 1 to 63 letters, digits, '_', '-' or '.' that starts with a letter or '_'",
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,62}"),
      Pattern.compile("postgres|template[01]"),
      "a name other than postgres, template0 and template1, which are reserved");

  private final String expected;
  private final Pattern form;
  private final Pattern reserved;
  private final String notReserved;

  NameRule(String expected, Pattern form, Pattern reserved, String notReserved) {
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
    if (reserved.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      problems.wrong(path, name, notReserved, "Choose another name.");
      return false;
    }
    return true;
  }
}
