package dev.neonstack.bench;

import dev.neonstack.controlplane.ControlPlane;
import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.server.NoComputes;
import dev.neonstack.controlplane.sql.Database;
import dev.neonstack.controlplane.sql.Leadership;
import dev.neonstack.controlplane.sql.PostgresDatabase;
import dev.neonstack.controlplane.sql.PostgresUrl;
import dev.neonstack.controlplane.sql.Schema;
import dev.neonstack.controlplane.sql.SqlCatalog;
import dev.neonstack.controlplane.sql.SqliteDatabase;
import dev.neonstack.neon.TenantId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the catalog takes with many branches, in SQLite and in PostgreSQL, and when a server dies.
 */
final class CatalogBench {
  private static final String KEY = "key-of-the-benchmark-1234";
  private static final int MANY_PROJECTS = 1_000;
  private static final int CALLS = 300;
  private static final int SOME_KILLS = 10;
  private static final int MANY_KILLS = 100;
  private static final double RATIO = 1.5;
  private static final double LOAD_SECONDS = 5;
  private static final double MEMORY_MB = 600;
  private static final double FAILOVER_SECONDS = 5;

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  CatalogBench(Path folder) {
    this.folder = folder;
  }

  /** A place for catalogs. */
  private interface Place {
    Database database(String name) throws SQLException;

    /** What a server is told to find it. */
    Map<String, String> settings(String name) throws IOException;
  }

  void run(Table table, boolean full) throws Exception {
    Files.createDirectories(folder);
    try (var postgres = EmbeddedPostgres.start()) {
      sizes(table, "SQLite", inFiles());
      sizes(table, "PostgreSQL", inPostgres(postgres));
      create(postgres, "failover");
      failover(table, url(postgres, "failover"), full ? MANY_KILLS : SOME_KILLS);
    }
  }

  private Place inFiles() {
    return new Place() {
      @Override
      public Database database(String name) {
        return new SqliteDatabase(folder.resolve(name).resolve("catalog.db"));
      }

      @Override
      public Map<String, String> settings(String name) {
        return Map.of("NEONSTACK_CATALOG_FOLDER", folder.resolve(name).toString());
      }
    };
  }

  private Place inPostgres(EmbeddedPostgres postgres) {
    return new Place() {
      @Override
      public Database database(String name) throws SQLException {
        create(postgres, name);
        return new PostgresDatabase(() -> PostgresUrl.parse(url(postgres, name)));
      }

      @Override
      public Map<String, String> settings(String name) throws IOException {
        var file = Files.writeString(folder.resolve("url"), url(postgres, name));
        return Map.of("NEONSTACK_CATALOG_URL_FILE", file.toString());
      }
    };
  }

  private static void create(EmbeddedPostgres postgres, String name) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
  }

  private static String url(EmbeddedPostgres postgres, String name) {
    return "postgresql://postgres:x@127.0.0.1:%d/%s".formatted(postgres.getPort(), name);
  }

  private void sizes(Table table, String kind, Place place) throws Exception {
    try (var few = new Filled(place.database("few"), CatalogData.of(1));
        var many = new Filled(place.database("many"), CatalogData.of(MANY_PROJECTS))) {
      compare(table, kind + ": list the branches of a project", few::list, many::list);
      compare(table, kind + ": create a branch", few::create, many::create);
    }
    start(table, kind, place.settings("many"));
  }

  /** They take turns, so that both see the same machine. */
  private static void compare(Table table, String what, Samples.Action few, Samples.Action many)
      throws Exception {
    var fewMillis = new ArrayList<Double>();
    var manyMillis = new ArrayList<Double>();
    for (var call = 0; call < 2 * CALLS; call++) {
      var one = Samples.millisOf(few);
      var other = Samples.millisOf(many);
      if (call >= CALLS) {
        fewMillis.add(one);
        manyMillis.add(other);
      }
    }
    var small = new Samples(fewMillis);
    var large = new Samples(manyMillis);
    table.millis(what + ", 100,000 branches", large, 50, 20);
    table.millis(what + ", 100,000 branches", large, 95, 60);
    table.value(
        what + ": ratio to 100 branches",
        large.median() / small.median(),
        RATIO,
        "",
        "medians of %d calls each".formatted(CALLS));
  }

  private void start(Table table, String kind, Map<String, String> settings) throws Exception {
    try (var server = new CatalogServer(folder.resolve("server-" + kind), settings)) {
      var millis =
          Samples.millisOf(
              () -> {
                server.start();
                server.awaitReady();
              });
      table.value(
          kind + ": start of a server with 100,000 branches",
          millis / 1_000,
          LOAD_SECONDS,
          "s",
          "from the process' start until it is ready");
      table.value(
          kind + ": its memory, with a heap of 512 MB at most",
          EndpointBench.residentMegabytes(server.pid()),
          MEMORY_MB,
          "MB",
          "resident set size");
    }
  }

  private void failover(Table table, String url, int kills) throws Exception {
    var result = new Failover(folder.resolve("failover"), url).run(kills);
    var samples = new Samples(result.millis());
    table.time("server killed, the other is ready", samples, FAILOVER_SECONDS);
    table.value(
        "server killed, the other is ready: slowest",
        samples.percentile(100) / 1_000,
        FAILOVER_SECONDS,
        "s",
        kills + " kills");
    table.value(
        "acknowledged branches that are gone",
        result.lost(),
        0,
        "",
        "of %,d, after %d kills".formatted(result.acknowledged(), kills));
  }

  /** A control plane over a catalog with so much in it. */
  private final class Filled implements AutoCloseable {
    private final Leadership leadership;
    private final long epoch;
    private final ControlPlane controlPlane;
    private final TenantId project;

    Filled(Database database, Content content) throws SQLException {
      Schema.prepare(database);
      leadership = new Leadership(database, "benchmark", Duration.ofHours(1));
      epoch = leadership.take().orElseThrow();
      var catalog = new SqlCatalog(database, leadership, epoch, Optional.empty());
      catalog.store(content);
      project = content.projects().keySet().iterator().next();
      controlPlane =
          ControlPlane.start(
              ControlPlaneConfig.of(0, KEY, 0), catalog, new QuickStorage(), new NoComputes());
    }

    private void list() throws Exception {
      call("GET", "");
    }

    private void create() throws Exception {
      call("POST", "{\"branch\":{\"name\":\"%s\"}}".formatted(UUID.randomUUID()));
    }

    private void call(String method, String body) throws Exception {
      var path = "/api/v2/projects/" + project + "/branches";
      var request =
          HttpRequest.newBuilder(controlPlane.url().resolve(URI.create(path)))
              .header("Authorization", "Bearer " + KEY)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body));
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(method + " " + path + " answered " + answer.body());
      }
    }

    @Override
    public void close() throws SQLException {
      controlPlane.close();
      leadership.release(epoch);
      leadership.close();
    }
  }
}
