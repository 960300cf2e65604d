package dev.neonstack.controlplane.problem;

import dev.neonstack.neon.NameForm;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The rules for names of projects, branches, endpoints, roles and databases. */
public final class Names {
  /** What PostgreSQL keeps of an identifier; longer ones it cuts silently. */
  private static final int LONGEST = 63;

  private static final Set<String> ROLES =
      Set.of(
          "postgres",
          "cloud_admin",
          "neon_superuser",
          "public",
          "none",
          "current_user",
          "session_user",
          "current_role");
  private static final Set<String> DATABASES = Set.of("postgres", "template0", "template1");

  private Names() {}

  public static String branch(String name) {
    return label("branch name", name);
  }

  public static String project(String name) {
    return label("project name", name);
  }

  private static String label(String what, String name) {
    NameForm.problem(what, name)
        .ifPresent(
            problem -> {
              throw Problem.invalid(problem);
            });
    return name;
  }

  public static String check(String what, String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (name.isBlank() || bytes > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(
          "%s is '%s'; expected 1 to %d bytes of printable text"
              .formatted(what, NameForm.shown(name), LONGEST));
    }
    return name;
  }

  public static String role(String name) {
    check("role name", name);
    var folded = name.toLowerCase(Locale.ROOT);
    if (ROLES.contains(folded) || folded.startsWith("pg_")) {
      throw Problem.invalid(
          "role name '%s' is reserved; expected none of cloud_admin, neon_superuser, public, none,"
                  .formatted(name)
              + " current_user, session_user, nor a name that begins with pg_");
    }
    return name;
  }

  public static String database(String name) {
    check("database name", name);
    if (DATABASES.contains(name)) {
      throw Problem.invalid(
          "database name '%s' is reserved; expected none of postgres, template0, template1"
              .formatted(name));
    }
    return name;
  }
}
