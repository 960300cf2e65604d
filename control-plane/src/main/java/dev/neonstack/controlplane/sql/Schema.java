package dev.neonstack.controlplane.sql;

import dev.neonstack.controlplane.problem.Problem;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of a catalog, and how those of an earlier version become them. */
public final class Schema {
  /** The number of the newest file in {@code migrations}. */
  static final int NEWEST = 1;

  private static final String HISTORY = "schema_history";

  private Schema() {}

  /**
   * Makes the tables what this version needs; servers may do so at once. Flyway's classes take as
   * long to load as all else of a start, so it is asked only where there is something to do.
   *
   * @throws Problem when a later version wrote them, or the database holds something else
   */
  public static void prepare(Database database) {
    var version = version(database);
    if (version.filter(found -> found > NEWEST).isPresent()) {
      throw Problem.failed(
          "catalog %s has schema %d; this version reads schemas up to %d. Use the version that wrote it."
              .formatted(database, version.get(), NEWEST),
          null);
    }
    if (version.isEmpty() || version.get() < NEWEST) {
      migrate(database);
    }
  }

  /** The schema that was reached last; empty where there is none yet or it cannot be read. */
  private static Optional<Integer> version(Database database) {
    var sql =
        "select version from %s where success and version is not null order by installed_rank desc limit 1"
            .formatted(HISTORY);
    try (var connection = database.connect();
        var query = connection.prepareStatement(sql);
        var row = query.executeQuery()) {
      return row.next() ? Optional.of(Integer.parseInt(row.getString(1))) : Optional.empty();
    } catch (SQLException none) {
      return Optional.empty();
    }
  }

  private static void migrate(Database database) {
    try {
      Flyway.configure()
          .dataSource(database.source())
          .locations("classpath:dev/neonstack/controlplane/sql/migrations")
          .table(HISTORY)
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (SQLException | FlywayException e) {
      throw Problem.unavailable(
          "catalog %s cannot be made ready: %s".formatted(database, e.getMessage()), e);
    }
  }
}
