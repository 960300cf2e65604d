package dev.neonstack.local.compute;

import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.port.ComputeSpec.DatabaseSpec;
import dev.neonstack.controlplane.port.ComputeSpec.RoleSpec;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.core.Utils;

/**
 * Brings the roles and databases of a server to a spec; touches only what differs. What the spec
 * does not name stays, for users may make roles and databases with SQL too.
 */
final class RolesAndDatabases {

  /** The group every role is in; it may do what an owner of all databases could, short of root. */
  private static final String GROUP = "neon_superuser";

  private static final String CREATE_GROUP =
      "CREATE ROLE "
          + GROUP
          + " NOLOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS"
          + " IN ROLE pg_read_all_data, pg_write_all_data;"
          + " GRANT pg_monitor TO "
          + GROUP
          + " WITH ADMIN OPTION";

  private static final String ROLES =
      "SELECT r.rolname, coalesce(r.rolpassword, ''), r.rolcanlogin AND EXISTS (SELECT FROM"
          + " pg_auth_members m WHERE m.member = r.oid AND m.roleid = (SELECT oid FROM pg_authid"
          + " WHERE rolname = '"
          + GROUP
          + "')) FROM pg_authid r";

  private static final String DATABASES =
      "SELECT datname, pg_get_userbyid(datdba), datallowconn FROM pg_database";

  private record FoundRole(String name, String verifier, boolean ours) {}

  private record FoundDatabase(String name, String owner, boolean connectable) {}

  private final Server server;

  RolesAndDatabases(Server server) {
    this.server = server;
  }

  void bringTo(ComputeSpec spec) throws SQLException {
    var roles = roles();
    for (var name : spec.droppedDatabases()) {
      server.execute("DROP DATABASE IF EXISTS " + identifier(name) + " WITH (FORCE)");
    }
    if (!roles.containsKey(GROUP)) {
      server.execute(CREATE_GROUP);
    }
    for (var role : spec.roles()) {
      bring(role, Optional.ofNullable(roles.get(role.name())));
    }
    var databases = databases();
    for (var database : spec.databases()) {
      bring(database, Optional.ofNullable(databases.get(database.name())));
    }
    for (var name : spec.droppedRoles()) {
      if (roles.containsKey(name)) {
        drop(name);
      }
    }
  }

  private Map<String, FoundRole> roles() throws SQLException {
    return server
        .query(ROLES, row -> new FoundRole(row.getString(1), row.getString(2), row.getBoolean(3)))
        .stream()
        .collect(Collectors.toMap(FoundRole::name, role -> role));
  }

  private Map<String, FoundDatabase> databases() throws SQLException {
    return server
        .query(
            DATABASES,
            row -> new FoundDatabase(row.getString(1), row.getString(2), row.getBoolean(3)))
        .stream()
        .collect(Collectors.toMap(FoundDatabase::name, database -> database));
  }

  private void bring(RoleSpec wanted, Optional<FoundRole> found) throws SQLException {
    var name = identifier(wanted.name());
    var attributes =
        " LOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS PASSWORD "
            + literal(wanted.scramVerifier());
    if (found.isEmpty()) {
      server.execute("CREATE ROLE " + name + attributes + " IN ROLE " + GROUP);
    } else if (!found.get().ours() || !found.get().verifier().equals(wanted.scramVerifier())) {
      server.execute("ALTER ROLE " + name + attributes + "; GRANT " + GROUP + " TO " + name);
    }
  }

  private void bring(DatabaseSpec wanted, Optional<FoundDatabase> found) throws SQLException {
    var owner = identifier(wanted.owner());
    if (found.isEmpty()) {
      server.execute("CREATE DATABASE " + identifier(wanted.name()) + " OWNER " + owner);
    } else if (!found.get().owner().equals(wanted.owner())) {
      server.execute("ALTER DATABASE " + identifier(wanted.name()) + " OWNER TO " + owner);
    }
  }

  /** What the role owns goes to the owner of the database it is in; what it was granted is gone. */
  private void drop(String name) throws SQLException {
    var role = identifier(name);
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = " + literal(name));
    for (var database : databases().values()) {
      if (database.owner().equals(name)) {
        bring(new DatabaseSpec(database.name(), server.adminUser()), Optional.of(database));
      }
    }
    for (var database : databases().values()) {
      if (database.connectable()) {
        try (var inside = server.database(database.name())) {
          inside.execute("REASSIGN OWNED BY " + role + " TO " + identifier(database.owner()));
          inside.execute("DROP OWNED BY " + role);
        }
      }
    }
    server.execute("DROP ROLE " + role);
  }

  private static String identifier(String name) throws SQLException {
    return Utils.escapeIdentifier(null, name).toString();
  }

  private static String literal(String text) throws SQLException {
    return "'" + Utils.escapeLiteral(null, text, true) + "'";
  }
}
