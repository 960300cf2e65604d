package dev.neonstack.local.compute;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.controlplane.problem.Problem;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.core.Utils;

/** Reads and changes the roles and databases of a server. */
final class RolesAndDatabases {

  /** What PostgreSQL numbers below this, it brings itself. */
  private static final int FIRST_OID = 16_384;

  /** A database whose making or dropping was cut off: it can only be dropped. */
  private static final String INVALID = "datconnlimit = -2";

  private static final String ROLES =
      "SELECT rolname, rolpassword, rolcanlogin FROM pg_authid WHERE oid >= "
          + FIRST_OID
          + " AND rolname <> '"
          + Group.NAME
          + "' ORDER BY oid";

  private static final String DATABASES =
      "SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE oid >= "
          + FIRST_OID
          + " AND NOT "
          + INVALID
          + " ORDER BY oid";

  /** Where something of a role is: the databases it owns things in or was granted things of. */
  private static final String TRACES =
      """
      SELECT datname, pg_get_userbyid(datdba), datallowconn FROM pg_database d
      WHERE datname = current_database() OR EXISTS (
        SELECT FROM pg_shdepend s
        WHERE s.dbid = d.oid AND s.refclassid = 'pg_authid'::regclass
        AND s.refobjid = (SELECT oid FROM pg_authid WHERE rolname = %s))
      """;

  private record Trace(String database, String owner, boolean connectable) {}

  private final Server server;

  RolesAndDatabases(Server server) {
    this.server = server;
  }

  Inventory inventory() throws SQLException {
    var roles =
        server.query(
            ROLES,
            row ->
                new Inventory.Role(
                    row.getString(1), Optional.ofNullable(row.getString(2)), row.getBoolean(3)));
    var databases =
        server.query(DATABASES, row -> new Inventory.Database(row.getString(1), row.getString(2)));
    return new Inventory(roles, databases);
  }

  void make(AccountChange change) throws SQLException {
    switch (change.kind()) {
      case PUT_ROLE -> putRole(change.name(), change.value());
      case RENAME_ROLE -> rename("ROLE", change.name(), change.value().orElseThrow());
      case DROP_ROLE -> dropRole(change.name());
      case PUT_DATABASE -> putDatabase(change.name(), change.value().orElseThrow());
      case RENAME_DATABASE -> {
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                + literal(change.name()));
        rename("DATABASE", change.name(), change.value().orElseThrow());
      }
      case DROP_DATABASE -> dropDatabase(change.name());
    }
  }

  private boolean exists(String query, String name) throws SQLException {
    return !server.query(query + literal(name), row -> true).isEmpty();
  }

  private void putRole(String name, Optional<String> verifier) throws SQLException {
    var role = identifier(name);
    var login = verifier.isEmpty() ? " NOLOGIN" : " LOGIN PASSWORD " + literal(verifier.get());
    if (!exists("SELECT FROM pg_authid WHERE rolname = ", name)) {
      server.execute(
          "CREATE ROLE %s CREATEDB CREATEROLE REPLICATION BYPASSRLS%s IN ROLE %s"
              .formatted(role, login, Group.NAME));
    } else if (verifier.isPresent()) {
      server.execute("ALTER ROLE " + role + " PASSWORD " + literal(verifier.get()));
    }
  }

  private void putDatabase(String name, String owner) throws SQLException {
    var database = identifier(name);
    if (exists("SELECT FROM pg_database WHERE " + INVALID + " AND datname = ", name)) {
      server.execute("DROP DATABASE " + database);
    }
    if (exists("SELECT FROM pg_database WHERE datname = ", name)) {
      server.execute("ALTER DATABASE " + database + " OWNER TO " + identifier(owner));
    } else {
      server.execute("CREATE DATABASE " + database + " OWNER " + identifier(owner));
      server.execute("GRANT ALL ON DATABASE " + database + " TO " + Group.NAME);
    }
  }

  private void rename(String kind, String name, String newName) throws SQLException {
    server.execute(
        "ALTER %s %s RENAME TO %s".formatted(kind, identifier(name), identifier(newName)));
  }

  private void dropDatabase(String name) throws SQLException {
    var database = identifier(name);
    var template = exists("SELECT FROM pg_database WHERE datistemplate AND datname = ", name);
    if (template) {
      server.execute("ALTER DATABASE " + database + " IS_TEMPLATE false");
    }
    try {
      server.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    } catch (SQLException e) {
      if (template) {
        server.execute("ALTER DATABASE " + database + " IS_TEMPLATE true");
      }
      throw e;
    }
  }

  /** What the role owns goes to the owner of the database it is in; what it was granted is gone. */
  private void dropRole(String name) throws SQLException {
    if (!exists("SELECT FROM pg_authid WHERE rolname = ", name)) {
      return;
    }
    if (exists("SELECT FROM pg_database WHERE pg_get_userbyid(datdba) = ", name)) {
      throw Problem.conflict("role '" + name + "' owns a database; give it to another role first");
    }
    var traces =
        server.query(
            TRACES.formatted(literal(name)),
            row -> new Trace(row.getString(1), row.getString(2), row.getBoolean(3)));
    requireConnectable(name, traces);
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = " + literal(name));
    for (var trace : traces) {
      try (var inside = server.database(trace.database())) {
        inside.execute(
            "REASSIGN OWNED BY %1$s TO %2$s; DROP OWNED BY %1$s"
                .formatted(identifier(name), identifier(trace.owner())));
      }
    }
    server.execute("DROP ROLE " + identifier(name));
  }

  private static void requireConnectable(String role, List<Trace> traces) {
    var shut = traces.stream().filter(trace -> !trace.connectable()).findFirst();
    if (shut.isPresent()) {
      throw Problem.conflict(
          "role '%s' has objects or rights in database '%s', which allows no connections"
              .formatted(role, shut.get().database()));
    }
  }

  private static String identifier(String name) throws SQLException {
    return Utils.escapeIdentifier(null, name).toString();
  }

  private static String literal(String text) throws SQLException {
    return "'" + Utils.escapeLiteral(null, text, true) + "'";
  }
}
