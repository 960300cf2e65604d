package dev.neonstack.controlplane.sql;

import dev.neonstack.controlplane.catalog.Store;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes branches in a catalog from several threads, and prints the names of those acknowledged. */
final class CatalogWriter {
  private CatalogWriter() {}

  public static void main(String... words) throws SQLException {
    var database =
        words[0].equals("sqlite")
            ? new SqliteDatabase(Path.of(words[1]))
            : new PostgresDatabase(() -> PostgresUrl.parse(words[1]));
    var leadership = new Leadership(database, "writer", Duration.ofSeconds(30));
    var epoch = leadership.take().orElseThrow();
    var store = new Store(new SqlCatalog(database, leadership, epoch, Optional.empty()));
    IntStream.range(0, 4).forEach(i -> new Thread(() -> write(store)).start());
  }

  private static void write(Store store) {
    var project = CatalogContract.project("written");
    while (true) {
      var branch = CatalogContract.branch(project, UUID.randomUUID().toString());
      store.update(content -> new Store.Change<>(content.with(branch), null));
      synchronized (CatalogWriter.class) {
        System.out.println(branch.name());
      }
    }
  }
}
