package dev.neonstack.neon;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Which names a role and a database may have: the same at every door. */
public final class AccountNames {
  /** What {@link #isRole} accepts. */
  public static final String ROLE_FORM =
      "1 to 63 bytes of printable text, and no name that PostgreSQL or neonstack keeps for itself"
          + " (postgres, cloud_admin, neon_superuser, public, none, current_user, current_role,"
          + " session_user, pg_…)";

  /** What {@link #isDatabase} accepts. */
  public static final String DATABASE_FORM =
      "1 to 63 bytes of printable text, and no name that PostgreSQL keeps for itself (postgres,"
          + " template0, template1)";

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
          "current_role",
          "session_user");
  private static final Set<String> DATABASES = Set.of("postgres", "template0", "template1");

  private AccountNames() {}

  /** Whether a role may be made under this name. */
  public static boolean isRole(String name) {
    var folded = name.toLowerCase(Locale.ROOT);
    return isIdentifier(name) && !ROLES.contains(folded) && !folded.startsWith("pg_");
  }

  /** Whether a database may be made under this name. */
  public static boolean isDatabase(String name) {
    return isIdentifier(name) && !DATABASES.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isIdentifier(String name) {
    return !name.isBlank()
        && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST
        && name.chars().noneMatch(Character::isISOControl);
  }
}
