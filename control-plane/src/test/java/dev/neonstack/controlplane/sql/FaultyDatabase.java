package dev.neonstack.controlplane.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A database whose connections end when a test says so. */
final class FaultyDatabase implements Database {
  private final Database database;
  private final List<Connection> given = new ArrayList<>();
  private boolean failing;

  FaultyDatabase(Database database) {
    this.database = database;
  }

  /** From here on every commit is made and not answered. */
  void failAfterCommit() {
    failing = true;
  }

  void work() {
    failing = false;
  }

  /** Ends what is open. */
  void cut() throws SQLException {
    for (var connection : given) {
      connection.close();
    }
  }

  @Override
  public DataSource source() throws SQLException {
    return database.source();
  }

  @Override
  public String now() {
    return database.now();
  }

  @Override
  public boolean isOurs() {
    return database.isOurs();
  }

  @Override
  public Connection connect() throws SQLException {
    var connection = database.connect();
    given.add(connection);
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                var result = method.invoke(connection, arguments);
                var commits = method.getName().equals("setAutoCommit") && arguments[0].equals(true);
                if (failing && commits) {
                  throw new SQLException("the connection was lost");
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
