package dev.neonstack.controlplane.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Transactions on one connection that is kept open. One that fails is tried once more on another
 * connection, as the kept one may have ended meanwhile; so a transaction must do the same when it
 * is made twice.
 */
final class Session implements AutoCloseable {
  private final Database database;
  private Optional<Connection> open = Optional.empty();

  Session(Database database) {
    this.database = database;
  }

  /** What a transaction does. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Does the work and commits it; on a failure nothing is known of whether it was committed. */
  synchronized <T> T transaction(Work<T> work) throws SQLException {
    var kept = open.isPresent();
    try {
      return attempt(work);
    } catch (SQLException e) {
      if (!kept) {
        throw e;
      }
      return attempt(work);
    }
  }

  private <T> T attempt(Work<T> work) throws SQLException {
    var done = false;
    try {
      if (open.isEmpty()) {
        open = Optional.of(database.connect());
      }
      var connection = open.get();
      connection.setAutoCommit(false);
      var result = work.with(connection);
      // Commits; with commit(), SQLite's driver would begin the next one, and keep others out.
      connection.setAutoCommit(true);
      done = true;
      return result;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** Ends the connection, and with it what was not committed. */
  @Override
  public synchronized void close() {
    var ending = open;
    open = Optional.empty();
    try {
      if (ending.isPresent()) {
        ending.get().close();
      }
    } catch (SQLException e) {
      // It is of no use any more, whatever it says.
    }
  }
}
