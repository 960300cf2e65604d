package dev.neonstack.controlplane.sql;

import dev.neonstack.controlplane.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Which server may write to a catalog: the one whose epoch the row {@code leader} has. It holds the
 * row for a while and renews that with every write; when the while is over, another may take it,
 * with a higher epoch. Every write checks the epoch in its own transaction, so that a server that
 * was taken for dead writes nothing. Time is that of the database.
 */
public final class Leadership implements AutoCloseable {
  private final Database database;
  private final String holder;
  private final Duration term;
  private final Session session;

  /**
   * For one server.
   *
   * @param holder what people are told of who leads
   * @param term how long it leads without a sign of life
   */
  public Leadership(Database database, String holder, Duration term) {
    this.database = database;
    this.holder = holder;
    this.term = term;
    this.session = new Session(database);
  }

  /** The epoch, when this server leads from now on; empty while another does. */
  public Optional<Long> take() throws SQLException {
    return session.transaction(this::take);
  }

  private Optional<Long> take(Connection connection) throws SQLException {
    var free = database.isOurs() ? "" : " and until_ms < " + database.now();
    var sql =
        "update leader set epoch = epoch + 1, holder = ?, until_ms = %s + ? where id = 1%s"
            .formatted(database.now(), free);
    try (var update = connection.prepareStatement(sql)) {
      update.setString(1, holder);
      update.setLong(2, term.toMillis());
      if (update.executeUpdate() == 0) {
        return Optional.empty();
      }
    }
    try (var query = connection.prepareStatement("select epoch from leader where id = 1");
        var row = query.executeQuery()) {
      row.next();
      return Optional.of(row.getLong(1));
    }
  }

  /** Whether this server, with that epoch, still leads; then for another term. */
  public boolean renew(long epoch) throws SQLException {
    return session.transaction(connection -> renewed(connection, epoch));
  }

  /** Renews the term in the transaction of a write; refuses the write when another server leads. */
  void require(Connection connection, long epoch) throws SQLException {
    if (!renewed(connection, epoch)) {
      throw Problem.unavailable("another control plane has taken over; repeat the request", null);
    }
  }

  private boolean renewed(Connection connection, long epoch) throws SQLException {
    var sql =
        "update leader set until_ms = %s + ? where id = 1 and epoch = ?".formatted(database.now());
    try (var update = connection.prepareStatement(sql)) {
      update.setLong(1, term.toMillis());
      update.setLong(2, epoch);
      return update.executeUpdate() == 1;
    }
  }

  /** Lets another server lead at once. */
  public void release(long epoch) throws SQLException {
    session.transaction(
        connection -> {
          var sql = "update leader set until_ms = 0 where id = 1 and epoch = ?";
          try (var update = connection.prepareStatement(sql)) {
            update.setLong(1, epoch);
            return update.executeUpdate();
          }
        });
  }

  /** Who leads or led last, for people. */
  public String leader() throws SQLException {
    return session.transaction(
        connection -> {
          try (var query = connection.prepareStatement("select holder from leader where id = 1");
              var row = query.executeQuery()) {
            return row.next() ? row.getString(1) : "";
          }
        });
  }

  @Override
  public void close() {
    session.close();
  }
}
