package dev.neonstack.controlplane.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.ApiFixture;
import dev.neonstack.controlplane.port.Routes;
import dev.neonstack.controlplane.rest.Listen;
import dev.neonstack.controlplane.route.RouteKeeper;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.neon.auth.SigningKeyPair;
import dev.neonstack.neon.auth.TokenClaims;
import dev.neonstack.neon.auth.TokenSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a storage controller was recorded to send, before a server without computes. */
final class HooksTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SigningKeyPair signer = SigningKeyPair.draw();
  @TempDir private Path folder;
  private Path key;
  private ApiFixture api;
  private InternalServer server;

  @BeforeEach
  void start() throws IOException {
    key = Files.writeString(folder.resolve("key.pem"), signer.publicKey().text());
    api = new ApiFixture(folder);
    server = start(Optional.of(key));
  }

  private InternalServer start(Optional<Path> hookKey) {
    return InternalServer.start(
        new InternalServer.Settings(new Listen("127.0.0.1", 0), hookKey, Optional.empty()),
        new InternalServer.Behind(api.controlPlane().core(), new RouteKeeper(Routes.NONE)),
        new Metrics());
  }

  @AfterEach
  void end() {
    server.close();
    api.close();
  }

  private static JsonNode recorded(String name) {
    try (var file = HooksTest.class.getResourceAsStream("/hooks.jsonl")) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .map(HooksTest::json)
          .filter(line -> line.path("name").asText().equals(name))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private static String token(SigningKeyPair by, TokenClaims claims) {
    return TokenSigner.of(by.privateKey(), Optional.of("hooks")).sign(claims);
  }

  private String token() {
    return token(signer, TokenClaims.of(Scope.INFRA, "storage-controller"));
  }

  private int send(JsonNode recorded, String authorization) throws Exception {
    return send(recorded, recorded.path("body").asText(), authorization);
  }

  private int send(JsonNode recorded, String body, String authorization) throws Exception {
    var request =
        HttpRequest.newBuilder(server.url().resolve(recorded.path("path").asText()))
            .header("Content-Type", "application/json")
            .header("Accept", "*/*")
            .method(recorded.path("method").asText(), BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private String get(String path) throws Exception {
    var request = HttpRequest.newBuilder(server.url().resolve(path)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  @ParameterizedTest
  @ValueSource(strings = {"attach", "attach-sharded", "safekeepers", "safekeepers-unnamed"})
  void whatIsToldOfAProjectWithoutComputesIsAnsweredWith200(String name) throws Exception {
    assertThat(send(recorded(name), "Bearer " + token())).isEqualTo(200);
  }

  @Test
  void onlyATokenOfTheScopeThatTheKeySignedIsTaken() throws Exception {
    var attach = recorded("attach");
    var others = token(SigningKeyPair.draw(), TokenClaims.of(Scope.INFRA, "storage-controller"));
    var ended =
        new TokenClaims(
            Scope.INFRA,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Instant.now().minusSeconds(300)));

    assertThat(send(attach, "")).isEqualTo(401);
    assertThat(send(attach, "Basic " + token())).isEqualTo(401);
    assertThat(send(attach, "Bearer none")).isEqualTo(403);
    assertThat(send(attach, "Bearer " + others)).isEqualTo(403);
    assertThat(send(attach, "Bearer " + token(signer, TokenClaims.of(Scope.ADMIN, "x"))))
        .isEqualTo(403);
    assertThat(send(attach, "Bearer " + token(signer, ended))).isEqualTo(403);
    assertThat(get("/metrics"))
        .contains("neonstack_hooks_total{hook=\"notify-attach\",status=\"401\"} 2.0")
        .contains("neonstack_hooks_total{hook=\"notify-attach\",status=\"403\"} 4.0");
  }

  @Test
  void anotherKeyIsTakenWithoutARestart() throws Exception {
    var attach = recorded("attach");
    var other = SigningKeyPair.draw();
    var second = "Bearer " + token(other, TokenClaims.of(Scope.INFRA, "storage-controller"));
    assertThat(send(attach, second)).isEqualTo(403);

    Files.writeString(key, other.publicKey().text());
    assertThat(send(attach, second)).isEqualTo(200);
    assertThat(send(attach, "Bearer " + token())).isEqualTo(403);

    Files.writeString(key, "none");
    assertThat(send(attach, second)).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({
    "attach,tenant_id",
    "attach,shards",
    "safekeepers,tenant_id",
    "safekeepers,timeline_id",
    "safekeepers,generation",
    "safekeepers,safekeepers"
  })
  void whatLacksAFieldIsRefused(String name, String field) throws Exception {
    var authorization = "Bearer " + token();
    Consumer<ObjectNode> without = body -> body.remove(field);
    Consumer<ObjectNode> wrong = body -> body.put(field, true);

    assertThat(send(recorded(name), changed(name, without), authorization)).isEqualTo(400);
    assertThat(send(recorded(name), changed(name, wrong), authorization)).isEqualTo(400);
  }

  private static String changed(String name, Consumer<ObjectNode> change) {
    var body = (ObjectNode) json(recorded(name).path("body").asText());
    change.accept(body);
    return body.toString();
  }

  @Test
  void whatIsNoJsonOrNotForItIsRefused() throws Exception {
    assertThat(send(recorded("attach"), "{", "Bearer " + token())).isEqualTo(400);
    var elsewhere = HttpRequest.newBuilder(URI.create(server.url() + "/api/v2/projects")).build();
    assertThat(http.send(elsewhere, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  @Test
  void withoutAKeyNobodyIsLetIn() throws Exception {
    server.close();
    server = start(Optional.empty());

    assertThat(send(recorded("attach"), "Bearer " + token())).isEqualTo(403);
  }
}
