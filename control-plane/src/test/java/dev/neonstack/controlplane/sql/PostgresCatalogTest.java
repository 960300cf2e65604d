package dev.neonstack.controlplane.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresCatalogTest extends CatalogContract {
  private static EmbeddedPostgres postgres;
  private static int databases;

  @BeforeAll
  static void startServer() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void endServer() throws IOException {
    postgres.close();
  }

  private static String url() {
    return "postgresql://postgres:x@127.0.0.1:%d/catalog_%d"
        .formatted(postgres.getPort(), databases);
  }

  @Override
  Database create() throws SQLException {
    databases++;
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database catalog_" + databases);
    }
    var url = url();
    return new PostgresDatabase(() -> PostgresUrl.parse(url));
  }

  @Override
  List<String> place() {
    return List.of("postgres", url());
  }
}
