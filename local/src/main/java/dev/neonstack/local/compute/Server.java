package dev.neonstack.local.compute;

import dev.neonstack.emulator.Compute;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A superuser's connection to the server of an endpoint. It sets itself what it depends on, as
 * whoever owns a database may set anything for those who connect to it.
 */
final class Server implements AutoCloseable {

  private static final String MAINTENANCE_DATABASE = "postgres";
  private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

  private static final String OWN_SETTINGS =
      "-c role=none -c search_path=pg_catalog -c default_transaction_read_only=off"
          + " -c statement_timeout=0 -c lock_timeout=10s"
          + " -c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0"
          + " -c local_preload_libraries= -c session_preload_libraries=";

  /** There is no setting of that name before. */
  private static final String LATER_SETTINGS = " -c transaction_timeout=0 -c event_triggers=off";

  /** Statements hold password verifiers, which have no place in the server's log. */
  private static final String QUIET =
      "SET log_statement = 'none'; SET log_min_duration_statement = -1;"
          + " SET log_min_error_statement = 'panic'";

  private final Compute compute;
  private final String password;
  private final Connection connection;

  private Server(Compute compute, String password, Connection connection) {
    this.compute = compute;
    this.password = password;
    this.connection = connection;
  }

  /**
   * Connects to the database that belongs to the superuser, for which nobody else sets anything.
   */
  static Server connect(Compute compute, String password) throws SQLException {
    return connect(compute, password, MAINTENANCE_DATABASE, OWN_SETTINGS);
  }

  private static Server connect(Compute compute, String password, String database, String settings)
      throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", compute.adminUser());
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("ApplicationName", "neonstack");
    properties.setProperty("PGDBNAME", database);
    properties.setProperty("options", settings);
    var url = "jdbc:postgresql://127.0.0.1:" + compute.port() + "/";
    var connection = new Driver().connect(url, properties);
    var server = new Server(compute, password, connection);
    server.execute(QUIET);
    return server;
  }

  /** The same server, another database. */
  Server database(String name) throws SQLException {
    var settings =
        connection.getMetaData().getDatabaseMajorVersion() < FIRST_WITH_TRANSACTION_TIMEOUT
            ? OWN_SETTINGS
            : OWN_SETTINGS + LATER_SETTINGS;
    return connect(compute, password, name, settings);
  }

  String adminUser() {
    return compute.adminUser();
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Reads one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> query(String sql, Row<T> row) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var found = new ArrayList<T>();
      while (rows.next()) {
        found.add(row.read(rows));
      }
      return found;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
