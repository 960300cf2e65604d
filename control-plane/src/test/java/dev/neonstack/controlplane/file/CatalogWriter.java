package dev.neonstack.controlplane.file;

import dev.neonstack.controlplane.catalog.Store;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Counts upwards in a catalog from several threads, and prints what is acknowledged. */
final class CatalogWriter {
  private CatalogWriter() {}

  public static void main(String[] args) {
    var store = new Store(new FileCatalog(Path.of(args[0])));
    IntStream.range(0, 4).forEach(i -> new Thread(() -> count(store)).start());
  }

  private static void count(Store store) {
    while (true) {
      var number =
          store.update(
              content -> {
                var next = content.lastDatabaseId() + 1;
                return new Store.Change<>(FileCatalogTest.counting(next), next);
              });
      System.out.println(number);
    }
  }
}
