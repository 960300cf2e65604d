package dev.neonstack.controlplane.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.controlplane.internal.InternalServer;
import dev.neonstack.controlplane.rest.Listen;
import dev.neonstack.neon.storage.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server before a storage that has no project and takes one token. */
final class ServerTest {
  private static final String KEY = "key-of-the-tests-1234";

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean held;
  private volatile String taken = "first";
  private HttpServer storage;
  private Path token;

  @BeforeEach
  void startStorage() throws IOException {
    token = Files.writeString(folder.resolve("token"), "first\n");
    storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    storage.setExecutor(Executors.newCachedThreadPool());
    storage.createContext("/v1/tenant/", this::answer);
    storage.start();
  }

  @AfterEach
  void endStorage() {
    gate.countDown();
    storage.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    if (held) {
      await();
    }
    var header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    var isTaken = header.equals("Bearer " + taken);
    var said = isTaken ? "NotFound: tenant not found" : "Forbidden: JWT authentication error";
    var body = "{\"msg\":\"%s\"}".formatted(said).getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(isTaken ? 404 : 403, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void await() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that this JDK trusts. */
  private static String certificate() throws GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init((KeyStore) null);
    var one = ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0];
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
        .formatted(Base64.getMimeEncoder().encodeToString(one.getEncoded()));
  }

  private URI storageUrl() {
    return URI.create("http://127.0.0.1:" + storage.getAddress().getPort());
  }

  private Server start(URI url) {
    return start(url, Optional.empty());
  }

  private Server start(URI url, Optional<Path> certificates) {
    var place = new StorageAccess.Place(url, Dialect.CONTROLLER, Optional.of(token), certificates);
    var catalog = new CatalogPlace(folder.resolve("data"), Optional.empty());
    var config =
        new ControlPlaneConfig(new Listen("127.0.0.1", 0), KEY, 0, Duration.ofSeconds(30), 1);
    var internal =
        new InternalServer.Settings(new Listen("127.0.0.1", 0), Optional.empty(), Optional.empty());
    var safekeepers = new ServerSettings.Safekeepers(List.of(), Optional.empty());
    return Server.start(new ServerSettings(place, catalog, config, internal, safekeepers));
  }

  private HttpRequest request(Server server, String path) {
    return HttpRequest.newBuilder(server.url().resolve(path)).build();
  }

  private static String obstacle(Server server) {
    return server.storageObstacle().join().orElse("none");
  }

  private HttpResponse<String> get(Server server, String path)
      throws IOException, InterruptedException {
    return http.send(request(server, path), BodyHandlers.ofString());
  }

  @Test
  void aNewTokenIsTakenWithoutARestart() throws Exception {
    try (var server = start(storageUrl())) {
      assertThat(get(server, "/ready").statusCode()).isEqualTo(200);

      taken = "second";
      assertThat(get(server, "/ready").statusCode()).isEqualTo(503);
      assertThat(obstacle(server)).contains("Give a storage token of scope 'pageserverapi'");

      Files.writeString(token, "second");
      assertThat(get(server, "/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTokenThatIsGoneIsNamedByItsFile() throws Exception {
    try (var server = start(storageUrl())) {
      assertThat(get(server, "/ready").statusCode()).isEqualTo(200);

      Files.delete(token);

      assertThat(get(server, "/ready").body()).doesNotContain(token.toString());
      assertThat(obstacle(server)).contains(token.toString(), "it does not exist; mount it again");
    }
  }

  @Test
  void otherCertificatesAreTakenWithoutARestartAndBadOnesAreNamed() throws Exception {
    var certificates = Files.writeString(folder.resolve("ca.pem"), certificate());
    try (var server = start(storageUrl(), Optional.of(certificates))) {
      assertThat(obstacle(server)).isEqualTo("none");

      Files.writeString(certificates, "none");
      assertThat(obstacle(server))
          .startsWith("storage cannot be called:")
          .contains(certificates + " holds no certificate");

      Files.writeString(certificates, certificate());
      assertThat(obstacle(server)).isEqualTo("none");
    }
  }

  @Test
  void itStartsWithoutStorageAndIsNotReady() throws Exception {
    var url = storageUrl();
    storage.stop(0);
    try (var server = start(url)) {
      assertThat(get(server, "/live").statusCode()).isEqualTo(200);
      assertThat(get(server, "/ready").statusCode()).isEqualTo(503);
      assertThat(obstacle(server))
          .contains("Asking whether storage answers at " + url + " failed: no connection");
    }
  }

  @Test
  void whoeverAsksWhileStorageHangsGetsAnAnswerAndStorageIsAskedOnce() {
    held = true;
    try (var server = start(storageUrl())) {
      var answers =
          IntStream.range(0, 20)
              .mapToObj(i -> http.sendAsync(request(server, "/ready"), BodyHandlers.ofString()))
              .toList();

      assertThat(answers)
          .allSatisfy(
              answer -> {
                assertThat(answer.join().statusCode()).isEqualTo(503);
              });
      assertThat(obstacle(server)).contains("storage has not answered within 3 s");
      assertThat(asked).hasValue(1);
      gate.countDown();
    }
  }

  @Test
  void aCatalogHasOneServer() throws Exception {
    try (var first = start(storageUrl())) {
      assertThatThrownBy(() -> start(storageUrl()))
          .hasMessageContaining("another control plane has the catalog")
          .hasMessageContaining("NEONSTACK_CATALOG_FOLDER");
      assertThat(get(first, "/live").statusCode()).isEqualTo(200);
    }
    start(storageUrl()).close();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Files.writeString(folder.resolve("data"), "a file is in the way");

    assertThatThrownBy(() -> start(storageUrl()))
        .hasMessageContaining("the folder of the catalog " + folder.resolve("data"))
        .hasMessageContaining("cannot be written");
  }

  @Test
  void otherServersCallAnotherPortThatKnowsNothingOfTheApi() throws Exception {
    try (var server = start(storageUrl())) {
      var path = "/api/v2/projects";
      var internal = HttpRequest.newBuilder(server.internalUrl().resolve(path)).build();

      assertThat(get(server, path).statusCode()).isEqualTo(401);
      assertThat(http.send(internal, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
      assertThat(get(server, "/notify-attach").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aFailedStartLetsGoOfTheCatalog() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/catalog.json"), "no catalog");
    assertThatThrownBy(() -> start(storageUrl())).hasMessageContaining("damaged");

    Files.delete(folder.resolve("data/catalog.json"));
    start(storageUrl()).close();
  }
}
