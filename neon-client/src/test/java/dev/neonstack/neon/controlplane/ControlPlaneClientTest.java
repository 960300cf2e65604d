package dev.neonstack.neon.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpServer;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.ControlPlaneException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire and how answers are judged; the server's own tests call it for real. */
class ControlPlaneClientTest {
  private static final TenantId PROJECT = TenantId.random();
  private static final TimelineId BRANCH = TimelineId.random();
  private static final String KEY = "a-very-secret-key";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = "{}";
  private HttpServer server;
  private ControlPlaneClient client;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).strip();
          requests.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + body);
          var bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    client = client(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aBranchIsRegisteredInTheNamesOfThePublicApi() {
    answer =
        "{'branch':{'project_id':'%s','id':'%s','name':'dev','parent_lsn':'0/14d8ab0','protected':true,'ready':false,'owner':'urn','created_at':'2026-11-23T10:00:00Z','new_field':1}}"
            .replace('\'', '"')
            .formatted(PROJECT, BRANCH);

    var branch =
        client.registerBranch(
            PROJECT,
            new BranchRegistration(
                BRANCH,
                "dev",
                Optional.empty(),
                Optional.of(Lsn.parse("0/14D8AB0")),
                Optional.of(Instant.parse("2026-11-23T09:00:00Z")),
                true,
                Optional.empty(),
                false,
                Optional.of("urn")));

    assertThat(branch.parentLsn()).contains(Lsn.parse("0/14D8AB0"));
    assertThat(branch.protectedBranch()).isTrue();
    assertThat(branch.expiresAt()).isEmpty();
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("PUT /neonstack/v1/projects/" + PROJECT + "/branches/" + BRANCH)
        .contains("Bearer " + KEY)
        .contains("\"parent_lsn\":\"0/14D8AB0\"")
        .contains("\"parent_timestamp\":\"2026-11-23T09:00:00Z\"")
        .contains("\"protected\":true")
        .doesNotContain("parent_id", "expires_at", "null");
  }

  @Test
  void durationsAreWholeSeconds() {
    answer =
        "{'project':{'id':'%s','name':'demo','pg_version':17,'history_retention_seconds':86400,'created_at':'2026-11-23T10:00:00Z'}}"
            .replace('\'', '"')
            .formatted(PROJECT);

    var project =
        client.registerProject(
            new ProjectRegistration(
                PROJECT, "demo", 17, Duration.ofDays(1), Optional.empty(), Optional.empty()));

    assertThat(project.historyRetention()).isEqualTo(Duration.ofDays(1));
    assertThat(requests).singleElement().asString().contains("history_retention_seconds\":86400");
  }

  @Test
  void settingsOfAnEndpointAreNestedAsThePublicApiNestsThem() {
    answer =
        "{'endpoint':{'id':'ep-x','branch_id':'%s','host':'127.0.0.1','port':5,'type':'read_write','current_state':'active','autoscaling_limit_min_cu':0.25,'autoscaling_limit_max_cu':2,'suspend_timeout_seconds':-1,'settings':{'pg_settings':{'work_mem':'8MB'}}}}"
            .replace('\'', '"')
            .formatted(BRANCH);

    var endpoint =
        client.createEndpoint(
            PROJECT,
            new EndpointCreate(
                BRANCH,
                EndpointType.READ_WRITE,
                Optional.of("main"),
                OptionalDouble.empty(),
                OptionalDouble.of(2),
                -1,
                false,
                Map.of("work_mem", "8MB")));

    assertThat(endpoint.pgSettings()).containsExactly(Map.entry("work_mem", "8MB"));
    assertThat(endpoint.currentState()).isEqualTo(EndpointState.ACTIVE);
    assertThat(endpoint.minCu()).isEqualTo(0.25);
    assertThat(requests)
        .singleElement()
        .asString()
        .contains("\"settings\":{\"pg_settings\":{\"work_mem\":\"8MB\"}}")
        .contains("\"type\":\"read_write\"")
        .contains("\"autoscaling_limit_max_cu\":2.0")
        .doesNotContain("min_cu");
  }

  @Test
  void namesAreEncodedInPaths() {
    answer = "{'database':{'name':'a b/c','owner_name':'app'}}".replace('\'', '"');

    assertThat(client.putDatabase(PROJECT, BRANCH, "a b/c", "app").owner()).isEqualTo("app");
    assertThat(requests).singleElement().asString().contains("/databases/a%20b%2Fc ");
  }

  @ParameterizedTest
  @CsvSource({
    "400,REFUSED",
    "401,UNAUTHORISED",
    "404,NOT_FOUND",
    "409,CONFLICT",
    "422,REFUSED",
    "423,RETRY",
    "429,RETRY",
    "500,FAILED",
    "501,REFUSED",
    "503,RETRY"
  })
  void aRefusalCarriesTheServersMessageAndItsKind(int given, Kind kind) {
    status = given;
    answer = "{\"request_id\":\"r\",\"code\":\"C\",\"message\":\"because\"}";

    assertThatThrownBy(() -> client.startEndpoint(PROJECT, "ep-x"))
        .hasMessage("because")
        .asInstanceOf(type(ControlPlaneException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.status()).hasValue(given));
  }

  @Test
  void aThingThatIsNotThereIsEmpty() {
    status = 404;
    answer = "{\"request_id\":\"r\",\"code\":\"NOT_FOUND\",\"message\":\"no such role\"}";

    assertThat(client.role(PROJECT, BRANCH, "app")).isEmpty();
    client.deleteRole(PROJECT, BRANCH, "app");
  }

  @Test
  void theNotFoundOfAnotherServerIsNotTakenForAnAnswer() {
    status = 404;
    answer = "<html>Not Found</html>";

    assertThatThrownBy(() -> client.branch(PROJECT, BRANCH))
        .hasMessageContaining("something else")
        .asInstanceOf(type(ControlPlaneException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FAILED));
  }

  @Test
  void garbageAsTheAnswerToAWriteLeavesTheOutcomeOpen() {
    answer = "OK";

    assertThatThrownBy(() -> client.forgetBranch(PROJECT, BRANCH))
        .asInstanceOf(type(ControlPlaneException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME));
  }

  @Test
  void aCutConnectionLeavesTheOutcomeOfAWriteOpenAndLetsAReadBeRepeated() throws Exception {
    try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var cutting = new Thread(() -> cutAll(socket));
      cutting.start();
      var cut = client(socket.getLocalPort());

      assertThatThrownBy(() -> cut.forgetBranch(PROJECT, BRANCH))
          .asInstanceOf(type(ControlPlaneException.class))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME));
      assertThatThrownBy(() -> cut.branches(PROJECT))
          .asInstanceOf(type(ControlPlaneException.class))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.RETRY));
    }
  }

  @Test
  void nobodyListeningMayBeRepeated() {
    var port = server.getAddress().getPort();
    server.stop(0);

    assertThatThrownBy(() -> client.forgetBranch(PROJECT, BRANCH))
        .hasMessageContaining("127.0.0.1:" + port)
        .asInstanceOf(type(ControlPlaneException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.RETRY));
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(
            new ControlPlaneOptions(URI.create("http://h:1"), Optional.of(KEY), Optional.empty()))
        .asString()
        .doesNotContain(KEY);
    assertThat(new Role(BRANCH, "app", Optional.of("hunter2hunter2")))
        .asString()
        .doesNotContain("hunter2");
  }

  private static void cutAll(ServerSocket socket) {
    try {
      while (true) {
        try (var connection = socket.accept()) {
          connection.getInputStream().read();
        }
      }
    } catch (IOException closed) {
      return;
    }
  }

  private static ControlPlaneClient client(int port) {
    return new ControlPlaneClient(
        new ControlPlaneOptions(
            URI.create("http://127.0.0.1:" + port), Optional.of(KEY), Optional.empty()));
  }
}
