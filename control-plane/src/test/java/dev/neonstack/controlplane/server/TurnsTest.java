package dev.neonstack.controlplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.controlplane.InMemoryStorage;
import dev.neonstack.controlplane.internal.InternalServer;
import dev.neonstack.controlplane.rest.Listen;
import dev.neonstack.controlplane.sql.Leadership;
import dev.neonstack.controlplane.sql.PostgresDatabase;
import dev.neonstack.controlplane.sql.PostgresUrl;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.storage.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two control planes over one database. */
class TurnsTest {
  private static final String KEY = "key-of-the-tests-1234";

  @TempDir private Path folder;
  @TempDir private Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Turns> started = new ArrayList<>();
  private EmbeddedPostgres postgres;
  private PostgresDatabase database;

  @BeforeEach
  void startServer() throws IOException {
    postgres = postgres(freePort());
    var url = "postgresql://postgres:x@127.0.0.1:%d/postgres".formatted(postgres.getPort());
    database = new PostgresDatabase(() -> PostgresUrl.parse(url));
  }

  private EmbeddedPostgres postgres(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data.resolve("postgres"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  @AfterEach
  void endServer() throws IOException {
    started.forEach(Turns::close);
    postgres.close();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Turns start() throws IOException {
    var config =
        new ControlPlaneConfig(
            new Listen("127.0.0.1", freePort()), KEY, 0, Duration.ofSeconds(30), 1);
    var storage =
        new StorageAccess.Place(
            URI.create("http://127.0.0.1:1"),
            Dialect.CONTROLLER,
            Optional.empty(),
            Optional.empty());
    var internal =
        new InternalServer.Settings(new Listen("127.0.0.1", 0), Optional.empty(), Optional.empty());
    var safekeepers = new ServerSettings.Safekeepers(List.of(), Optional.empty());
    var catalog = new CatalogPlace(folder, Optional.empty());
    var settings = new ServerSettings(storage, catalog, config, internal, safekeepers);
    var turns = Turns.start(settings, database, new InMemoryStorage());
    started.add(turns);
    return turns;
  }

  private HttpResponse<String> get(Turns from, String path) throws Exception {
    while (true) {
      var request =
          HttpRequest.newBuilder(from.url().resolve(path))
              .timeout(Duration.ofSeconds(5))
              .header("Authorization", "Bearer " + KEY);
      try {
        return http.send(request.build(), BodyHandlers.ofString());
      } catch (IOException changing) {
        Thread.sleep(10); // The listener of who waits makes room for that of who serves.
      }
    }
  }

  private void awaitReady(Turns one) throws Exception {
    while (get(one, "/ready").statusCode() != 200) {
      Thread.sleep(10);
    }
  }

  private int register(Turns with, TenantId project) throws Exception {
    var request =
        HttpRequest.newBuilder(with.url().resolve("/neonstack/v1/projects/" + project))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"id\":\"%s\",\"name\":\"demo\",\"pg_version\":17,\"history_retention_seconds\":604800}"
                        .formatted(project)));
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  @Test
  void oneServesAndTheOtherWaitsUntilItEnds() throws Exception {
    var first = start();
    awaitReady(first);
    var second = start();
    var project = TenantId.random();
    assertThat(register(first, project)).isEqualTo(200);

    assertThat(get(second, "/live").statusCode()).isEqualTo(200);
    assertThat(get(second, "/ready").body()).contains("STANDBY");
    assertThat(get(second, "/ready").statusCode()).isEqualTo(503);
    assertThat(get(second, "/api/v2/projects").statusCode()).isEqualTo(503);

    first.close();
    awaitReady(second);
    assertThat(get(second, "/api/v2/projects").body()).contains(project.value());
  }

  @Test
  void whoIsTakenForDeadEndsToServeAndMayServeAgain() throws Exception {
    var only = start();
    awaitReady(only);
    var project = TenantId.random();
    assertThat(register(only, project)).isEqualTo(200);

    var other = new Leadership(database, "another", Duration.ofSeconds(30));
    seize();
    var epoch = other.take().orElseThrow();
    assertThat(register(only, TenantId.random())).isEqualTo(503);
    while (get(only, "/api/v2/projects").statusCode() == 200) {
      Thread.sleep(10);
    }
    assertThat(get(only, "/live").statusCode()).isEqualTo(200);

    other.release(epoch);
    other.close();
    awaitReady(only);
    assertThat(get(only, "/api/v2/projects").body()).contains(project.value());
  }

  private void seize() throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate("update leader set until_ms = 0");
    }
  }

  @Test
  void aDatabaseThatIsAwayForAWhileIsWaitedFor() throws Exception {
    var only = start();
    awaitReady(only);
    var project = TenantId.random();
    assertThat(register(only, project)).isEqualTo(200);

    postgres.close();
    assertThat(register(only, TenantId.random())).isEqualTo(503);
    while (get(only, "/api/v2/projects").statusCode() == 200) {
      Thread.sleep(10);
    }
    assertThat(get(only, "/live").statusCode()).isEqualTo(200);
    postgres = postgres(postgres.getPort());

    awaitReady(only);
    assertThat(get(only, "/api/v2/projects").body()).contains(project.value());
  }

  @Test
  void aCatalogFileOfAnEarlierVersionIsTakenOver() throws Exception {
    try (var recorded = getClass().getResourceAsStream("/former/catalog.json")) {
      Files.write(folder.resolve("catalog.json"), recorded.readAllBytes());
    }

    var only = start();
    awaitReady(only);

    assertThat(get(only, "/api/v2/projects").body()).contains("beta");
    assertThat(folder.resolve("catalog.json.taken-over")).exists();
  }
}
