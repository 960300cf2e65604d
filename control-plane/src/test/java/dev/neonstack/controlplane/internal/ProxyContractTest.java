package dev.neonstack.controlplane.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.controlplane.ApiFixture;
import dev.neonstack.controlplane.port.Routes;
import dev.neonstack.controlplane.problem.Problem;
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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Neon's proxy was recorded to ask, before a control plane over fakes. */
final class ProxyContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern COUNT =
      Pattern.compile("neonstack_wake_seconds_count\\{kind=\"\\w+\"} (\\d+)");
  private static final String FIRST = "good password, first connection";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SigningKeyPair signer = SigningKeyPair.draw();
  private final SigningKeyPair hooks = SigningKeyPair.draw();
  @TempDir private Path folder;
  private ApiFixture api;
  private InternalServer server;
  private String project;
  private String branch;
  private String endpoint;
  private String role;

  @BeforeEach
  void start() throws IOException {
    api = new ApiFixture(folder);
    var made = api.project();
    project = made.text("/project/id");
    branch = made.text("/branch/id");
    endpoint = made.text("/endpoints/0/id");
    role = made.text("/roles/0/name");
    server =
        InternalServer.start(
            new InternalServer.Settings(
                new Listen("127.0.0.1", 0), key("hooks", hooks), key("proxy", signer)),
            new InternalServer.Behind(api.controlPlane().core(), new RouteKeeper(Routes.NONE)),
            new Metrics());
  }

  private Optional<Path> key(String name, SigningKeyPair pair) throws IOException {
    return Optional.of(Files.writeString(folder.resolve(name), pair.publicKey().text()));
  }

  @AfterEach
  void end() {
    server.close();
    api.close();
  }

  private static JsonNode recorded(String name, String path) {
    try (var file = ProxyContractTest.class.getResourceAsStream("/proxy.jsonl")) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .map(ProxyContractTest::json)
          .filter(line -> line.path("case").asText().equals(name))
          .filter(line -> line.path("path").asText().equals(path))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private record Answer(int status, JsonNode body) {
    private String text(String pointer) {
      return body.at(pointer).asText();
    }
  }

  private Answer ask(String name, String path) throws Exception {
    return ask(name, path, endpoint);
  }

  private Answer ask(String name, String path, String id) throws Exception {
    return answer(http.send(request(name, path, id, token(signer)), BodyHandlers.ofString()));
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(response.statusCode(), json(response.body()));
  }

  private static String token(SigningKeyPair by) {
    return TokenSigner.of(by.privateKey(), Optional.empty())
        .sign(TokenClaims.of(Scope.INFRA, "proxy"));
  }

  private HttpRequest request(String name, String path, String id, String token) {
    var query =
        recorded(name, path)
            .path("query")
            .asText()
            .replace("ENDPOINT", id)
            .replace("role=app", "role=" + role)
            .replace("[", "%5B")
            .replace("]", "%5D");
    return HttpRequest.newBuilder(URI.create(server.url() + path + "?" + query))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "*/*")
        .build();
  }

  /** The pointers of all that an answer holds, lists and nulls as one. */
  private static Set<String> shape(JsonNode node) {
    var shape = new TreeSet<String>();
    collect("", node, shape);
    return shape;
  }

  private static void collect(String at, JsonNode node, Set<String> shape) {
    if (node.isObject()) {
      node.properties().forEach(one -> collect(at + "/" + one.getKey(), one.getValue(), shape));
    } else {
      shape.add(at);
    }
  }

  private static void assertShape(Answer answer, String name, String path) {
    var said = recorded(name, path).path("answer");
    assertThat(answer.status()).isEqualTo(said.path("status").asInt());
    assertThat(shape(answer.body())).isEqualTo(shape(said.path("body")));
  }

  @Test
  void theRoleIsAnsweredWithItsVerifierAndTheEndpointWithItsAddress() throws Exception {
    var access = ask(FIRST, "/get_endpoint_access_control");
    assertShape(access, FIRST, "/get_endpoint_access_control");
    assertThat(access.text("/role_secret")).startsWith("SCRAM-SHA-256$4096:");
    assertThat(access.text("/project_id")).isEqualTo(project);

    var wake = ask(FIRST, "/wake_compute");
    assertShape(wake, FIRST, "/wake_compute");
    assertThat(wake.text("/address")).matches("127\\.0\\.0\\.1:\\d+");
    assertThat(wake.text("/aux/branch_id")).isEqualTo(branch);
    assertThat(wake.text("/aux/cold_start_info")).isEqualTo("warm");
  }

  @Test
  void anUnknownRoleOfAKnownEndpointHasAnEmptySecretThatTheProxyCanBeToldToForget()
      throws Exception {
    role = "nobody";
    var access = ask(FIRST, "/get_endpoint_access_control");

    assertThat(access.status()).isEqualTo(200);
    assertThat(access.text("/role_secret")).isEmpty();
    assertThat(access.text("/project_id")).isEqualTo(project);
    assertThat(access.text("/account_id")).isNotEmpty();
  }

  @Test
  void aRoleThatMayNotLogInHasNoSecretForTheProxy() throws Exception {
    role = "group";
    var path = "/api/v2/projects/%s/branches/%s/roles".formatted(project, branch);
    var body = "{'role':{'name':'group','no_login':true}}";
    assertThat(api.call("POST", path, body).status()).isEqualTo(201);

    var access = ask(FIRST, "/get_endpoint_access_control");
    assertThat(access.status()).isEqualTo(200);
    assertThat(access.text("/role_secret")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/get_endpoint_access_control", "/wake_compute"})
  void anUnknownEndpointIsNotFoundForAReasonThatTheProxyHides(String path) throws Exception {
    var answer = ask(FIRST, path, "ep-unknown-00000000");

    var unknown = "unknown endpoint, 404 with reason ENDPOINT_NOT_FOUND";
    var said = recorded(unknown, "/get_endpoint_access_control").path("answer");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo(said.path("body"));
  }

  @Test
  void aSleepingEndpointIsStartedOnceForAllWhoAsk() throws Exception {
    sleep();
    var gate = new CountDownLatch(1);
    api.runtime().holdAt(gate);
    var wakes = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    IntStream.range(0, 50)
        .forEach(
            one ->
                wakes.add(
                    http.sendAsync(
                        request(FIRST, "/wake_compute", endpoint, token(signer)),
                        BodyHandlers.ofString())));
    var access = ask(FIRST, "/get_endpoint_access_control");
    assertThat(access.status()).isEqualTo(200);
    gate.countDown();

    for (var wake : wakes) {
      assertShape(answer(wake.get()), FIRST, "/wake_compute");
    }
    assertThat(starts()).hasSize(2);
    var operations = api.call("GET", "/api/v2/projects/%s/operations".formatted(project));
    assertThat(
            operations.json().findValuesAsText("action").stream().filter("start_compute"::equals))
        .as("at first, and once for all who asked")
        .hasSize(2);
    assertThat(countedWakes()).isEqualTo(50);
  }

  /** Of those that came after the start, too. */
  private int countedWakes() throws Exception {
    return COUNT
        .matcher(metrics())
        .results()
        .mapToInt(line -> Integer.parseInt(line.group(1)))
        .sum();
  }

  private String metrics() throws Exception {
    var request = HttpRequest.newBuilder(server.url().resolve("/metrics")).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** Those of the endpoint: at first, and when it was woken. */
  private List<String> starts() {
    return api.runtime().calls().stream().filter(call -> call.startsWith("start")).toList();
  }

  private void sleep() {
    var path = "/api/v2/projects/%s/endpoints/%s/suspend".formatted(project, endpoint);
    assertThat(api.call("POST", path).status()).isEqualTo(200);
  }

  @Test
  void aStartThatFailsIsToldToTheClientAndTheNextOneIsTriedAnew() throws Exception {
    sleep();
    api.runtime().failWith(Optional.of(Problem.failed("no room on this machine", null)));
    var failed = ask(FIRST, "/wake_compute");
    assertShape(
        failed,
        "wake error with user_facing_message",
        "/wake_compute",
        500,
        "/status/details/error_info");
    assertThat(failed.text("/status/details/user_facing_message/message"))
        .contains("no room on this machine");

    api.runtime().failWith(Optional.of(Problem.unavailable("storage is away", null)));
    var busy = ask(FIRST, "/wake_compute");
    assertThat(busy.status()).isEqualTo(423);
    assertThat(busy.text("/status/details/error_info/reason")).isEqualTo("RUNNING_OPERATIONS");

    api.runtime().failWith(Optional.empty());
    assertThat(ask(FIRST, "/wake_compute").text("/aux/cold_start_info")).isEqualTo("pool_miss");
  }

  private static void assertShape(
      Answer answer, String name, String path, int status, String absent) {
    var expected = shape(recorded(name, path).path("answer").path("body"));
    expected.removeIf(pointer -> pointer.startsWith(absent));
    expected.add(absent);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(shape(answer.body())).isEqualTo(expected);
  }

  @Test
  void whatIsNotThereIsSaidToTheClient() throws Exception {
    var pooled = ask("pooler suffix, fresh endpoint", "/get_endpoint_access_control");
    assertThat(pooled.text("/role_secret")).startsWith("SCRAM-SHA-256$");
    assertThat(ask("pooler suffix, fresh endpoint", "/wake_compute").text(MESSAGE))
        .contains("has no connection pooler");

    assertThat(ask("options neon_lsn", "/wake_compute").text(MESSAGE))
        .isEqualTo("the connection options neon_lsn are not available; leave them out");
  }

  private static final String MESSAGE = "/status/details/user_facing_message/message";

  @Test
  void thereAreNoKeysOfOthers() throws Exception {
    var path = server.url() + "/endpoints/" + endpoint + "/jwks?session_id=x";
    var request =
        HttpRequest.newBuilder(URI.create(path))
            .header("Authorization", "Bearer " + token(signer))
            .build();

    assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("{\"jwks\":[]}");
  }

  @Test
  void theStorageControllerIsNoProxyAndAProxyNoStorageController() throws Exception {
    var asHooks = request(FIRST, "/wake_compute", endpoint, token(hooks));
    assertThat(http.send(asHooks, BodyHandlers.ofString()).statusCode()).isEqualTo(403);

    var attach =
        HttpRequest.newBuilder(server.url().resolve("/notify-attach"))
            .header("Authorization", "Bearer " + token(signer))
            .method("PUT", HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertThat(http.send(attach, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
  }
}
