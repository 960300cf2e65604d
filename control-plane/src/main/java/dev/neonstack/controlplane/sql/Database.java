package dev.neonstack.controlplane.sql;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database that holds a catalog. What it prints names it and holds no secret. */
public interface Database {

  /** A source of connections, with the settings that a catalog needs. */
  DataSource source() throws SQLException;

  /** What gives the milliseconds since 1970 by the clock of the database, in its SQL. */
  String now();

  /** Whether nobody else can reach it, so that its holder need not wait for a former one. */
  boolean isOurs();

  /** A connection. */
  default Connection connect() throws SQLException {
    return source().getConnection();
  }
}
