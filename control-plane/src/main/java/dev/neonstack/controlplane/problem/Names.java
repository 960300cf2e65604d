package dev.neonstack.controlplane.problem;

import dev.neonstack.neon.AccountNames;
import dev.neonstack.neon.NameForm;

/** The rules for names of projects, branches, endpoints, roles and databases. */
public final class Names {
  private Names() {}

  public static String branch(String name) {
    return label("branch name", name);
  }

  public static String project(String name) {
    return label("project name", name);
  }

  public static String endpoint(String name) {
    return label("endpoint name", name);
  }

  private static String label(String what, String name) {
    NameForm.problem(what, name)
        .ifPresent(
            problem -> {
              throw Problem.invalid(problem);
            });
    return name;
  }

  /** A name that a role may be given. */
  public static String role(String name) {
    return require("role", name, AccountNames.isRole(name), AccountNames.ROLE_FORM);
  }

  /** A name that a database may be given. */
  public static String database(String name) {
    return require("database", name, AccountNames.isDatabase(name), AccountNames.DATABASE_FORM);
  }

  private static String require(String what, String name, boolean right, String form) {
    if (!right) {
      throw Problem.invalid(
          "%s name is '%s'; expected %s".formatted(what, NameForm.shown(name), form));
    }
    return name;
  }
}
