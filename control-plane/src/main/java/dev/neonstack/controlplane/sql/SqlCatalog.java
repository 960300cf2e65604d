package dev.neonstack.controlplane.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.Catalog;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Content.Changes;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.file.FormerCatalog;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A catalog in a database. A store is one transaction that writes the rows that have changed, and
 * only while its server leads. A store of which nobody knows whether it was committed is undone or
 * repeated by the next one, which writes the same rows as they are by then.
 */
public final class SqlCatalog implements Catalog {
  private static final Logger LOG = LoggerFactory.getLogger(SqlCatalog.class);
  private static final String FILE = "catalog.db";
  private static final String FORMER_FILE = "catalog.json";
  private static final long UNKNOWN = -1;

  private static final Rows<TenantId, Project> PROJECTS =
      new Rows<>("project", List.of("id"), id -> List.of(id.value()), Project.class);
  private static final Rows<BranchKey, Branch> BRANCHES =
      new Rows<>(
          "branch",
          List.of("project_id", "id"),
          key -> List.of(key.project().value(), key.branch().value()),
          Branch.class);
  private static final Rows<String, EndpointEntry> ENDPOINTS =
      new Rows<>("endpoint", List.of("id"), List::of, EndpointEntry.class);
  private static final Rows<String, Operation> OPERATIONS =
      new Rows<>("operation", List.of("id"), List::of, Operation.class);

  private final Database database;
  private final Leadership leadership;
  private final long epoch;
  private final Optional<FormerCatalog> former;
  private final Session session;
  private Changes doubtful = Changes.NONE;
  private long keptDatabaseId;

  /**
   * The catalog of the server that leads.
   *
   * @param epoch since when it leads
   * @param former what an earlier version may have left, to be taken over once
   */
  public SqlCatalog(
      Database database, Leadership leadership, long epoch, Optional<FormerCatalog> former) {
    this.database = database;
    this.leadership = leadership;
    this.epoch = epoch;
    this.former = former;
    this.session = new Session(database);
  }

  /**
   * The catalog of one machine, in a folder that no other process works on: {@code catalog.db}, and
   * what an earlier version left in {@code catalog.json}.
   *
   * @throws Problem when it cannot be read or written
   */
  public static SqlCatalog inFolder(Path folder) {
    var database = new SqliteDatabase(folder.resolve(FILE));
    Schema.prepare(database);
    try (var leadership = new Leadership(database, "this machine", Duration.ZERO)) {
      var epoch = leadership.take().orElseThrow();
      return new SqlCatalog(
          database, leadership, epoch, Optional.of(new FormerCatalog(folder.resolve(FORMER_FILE))));
    } catch (SQLException e) {
      throw unreadable(database, e);
    }
  }

  @Override
  public Content load() {
    var kept = read();
    var content = former.filter(FormerCatalog::exists).map(file -> takenOver(kept, file));
    keptDatabaseId = content.orElse(kept).lastDatabaseId();
    return content.orElse(kept);
  }

  private Content read() {
    try {
      return session.transaction(this::read);
    } catch (SQLException e) {
      throw unreadable(database, e);
    }
  }

  private Content read(Connection connection) throws SQLException {
    try {
      return Content.of(
              PROJECTS.read(connection),
              BRANCHES.read(connection),
              ENDPOINTS.read(connection),
              OPERATIONS.read(connection),
              lastDatabaseId(connection))
          .settled();
    } catch (JsonProcessingException e) {
      throw Problem.failed(
          "catalog %s is damaged; restore it from a backup".formatted(database), null);
    }
  }

  private static long lastDatabaseId(Connection connection) throws SQLException {
    var sql = "select value from counter where name = 'last_database_id'";
    try (var query = connection.prepareStatement(sql);
        var row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Problem unreadable(Database database, SQLException e) {
    return Problem.unavailable(
        "catalog %s cannot be read: %s".formatted(database, e.getMessage()), e);
  }

  /** Who dies in between has either left the file as it was, or its content and its digest here. */
  private Content takenOver(Content kept, FormerCatalog file) {
    var lock = file.lock();
    try {
      var found = file.read();
      if (isTakenOver(found.digest())) {
        LOG.info("Catalog {} was taken over before and is now {}", file, file.setAside());
        return kept;
      }
      if (!kept.equals(Content.EMPTY)) {
        throw Problem.failed(
            "catalog %s is not empty, and %s, of an earlier version, is to be taken over into it; move away the one that is not wanted"
                .formatted(database, file),
            null);
      }
      write(found.content(), Optional.of(found.digest()));
      LOG.info("Catalog {} is taken over; it is kept as {}", file, file.setAside());
      return found.content().settled();
    } finally {
      lock.close();
    }
  }

  private boolean isTakenOver(String digest) {
    try {
      return session.transaction(
          connection -> {
            var sql = "select 1 from taken_over where digest = ?";
            try (var query = connection.prepareStatement(sql)) {
              query.setString(1, digest);
              return query.executeQuery().next();
            }
          });
    } catch (SQLException e) {
      throw unreadable(database, e);
    }
  }

  @Override
  public void store(Content content) {
    write(content, Optional.empty());
  }

  private void write(Content content, Optional<String> formerDigest) {
    var changes = content.changes().and(doubtful);
    doubtful = changes;
    try {
      session.transaction(
          connection -> {
            leadership.require(connection, epoch);
            PROJECTS.write(connection, changes.projects(), content.projects());
            BRANCHES.write(connection, changes.branches(), content.branches());
            ENDPOINTS.write(connection, changes.endpoints(), content.endpoints());
            OPERATIONS.write(connection, changes.operations(), content.operations());
            if (content.lastDatabaseId() != keptDatabaseId) {
              execute(
                  connection,
                  "update counter set value = ? where name = 'last_database_id'",
                  content.lastDatabaseId());
            }
            if (formerDigest.isPresent()) {
              execute(
                  connection,
                  "insert into taken_over (digest) values (?) on conflict (digest) do nothing",
                  formerDigest.get());
            }
            return null;
          });
      doubtful = Changes.NONE;
      keptDatabaseId = content.lastDatabaseId();
    } catch (SQLException e) {
      keptDatabaseId = UNKNOWN;
      throw Problem.unavailable(
          "catalog %s cannot be written (%s); it is not known whether the change was kept. Mend that, then repeat."
              .formatted(database, e.getMessage()),
          e);
    }
  }

  private static void execute(Connection connection, String sql, Object value) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, value);
      statement.executeUpdate();
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
