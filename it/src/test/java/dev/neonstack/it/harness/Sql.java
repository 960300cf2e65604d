package dev.neonstack.it.harness;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** One connection to a branch, by the URI that the stack exports. */
public final class Sql implements AutoCloseable {
  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  /** Connects as pgjdbc users do: user and password beside the address. */
  public static Sql connect(String uri) {
    var parts = URI.create(uri);
    var user = parts.getUserInfo().split(":", 2);
    var login = new Properties();
    login.setProperty("user", user[0]);
    login.setProperty("password", user[1]);
    var address = "jdbc:postgresql://" + parts.getHost() + ":" + parts.getPort() + parts.getPath();
    try {
      return new Sql(DriverManager.getConnection(address, login));
    } catch (SQLException e) {
      throw new AssertionError("no connection to " + address + " as " + user[0], e);
    }
  }

  /** Runs statements that give no rows. */
  public Sql run(String... statements) {
    try (var statement = connection.createStatement()) {
      for (var text : statements) {
        statement.execute(text);
      }
      return this;
    } catch (SQLException e) {
      throw new AssertionError(String.join("; ", statements), e);
    }
  }

  /** The first column of every row. */
  public List<String> column(String query) {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  /** The first column of the first row. */
  public String value(String query) {
    return column(query).get(0);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new AssertionError("the connection could not be closed", e);
    }
  }
}
