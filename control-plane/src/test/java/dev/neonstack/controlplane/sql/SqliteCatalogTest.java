package dev.neonstack.controlplane.sql;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogTest extends CatalogContract {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("catalog.db");
  }

  @Override
  Database create() {
    return new SqliteDatabase(file());
  }

  @Override
  List<String> place() {
    return List.of("sqlite", file().toString());
  }
}
