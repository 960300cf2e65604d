package dev.neonstack.controlplane.sql;

import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A database of a PostgreSQL server, which several control planes may share. */
public final class PostgresDatabase implements Database {
  private final Supplier<PostgresUrl> url;
  private volatile PostgresUrl known;

  /**
   * The database at an address.
   *
   * @param url its address, asked for with every connection, as passwords change
   */
  public PostgresDatabase(Supplier<PostgresUrl> url) {
    this.url = url;
    this.known = url.get();
  }

  @Override
  public DataSource source() throws SQLException {
    known = url.get();
    return known.source();
  }

  @Override
  public String now() {
    return "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
  }

  @Override
  public boolean isOurs() {
    return false;
  }

  @Override
  public String toString() {
    return "'" + known + "'";
  }
}
