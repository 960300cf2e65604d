package dev.neonstack.controlplane.sql;

import dev.neonstack.controlplane.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A database in one file that only its owner may read, as it holds passwords. A transaction that is
 * committed has been written through to the disk.
 */
public final class SqliteDatabase implements Database {
  private static final int PATIENCE_MILLIS = 5_000;

  private final Path file;

  /** The database in that file; it and its folder are made when they are missing. */
  public SqliteDatabase(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public DataSource source() {
    prepare();
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enableFullSync(true);
    config.setBusyTimeout(PATIENCE_MILLIS);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private void prepare() {
    try {
      Files.createDirectories(file.getParent());
      SqliteLibrary.unpack(file.resolveSibling("catalog.lib"));
      if (Files.notExists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      throw Problem.unavailable(
          "catalog '%s' cannot be written (%s); free some space or mend the folder"
              .formatted(file, e),
          e);
    }
  }

  @Override
  public String now() {
    return "cast(unixepoch('subsec') * 1000 as integer)";
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public String toString() {
    return "'" + file + "'";
  }
}
