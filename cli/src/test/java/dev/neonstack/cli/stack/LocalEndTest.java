package dev.neonstack.cli.stack;

import static dev.neonstack.cli.stack.Planned.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.cli.Cli;
import dev.neonstack.cli.FakeParts;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.local.serve.LocalPorts;
import dev.neonstack.local.serve.LocalServer;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.controlplane.Endpoint;
import dev.neonstack.neon.controlplane.EndpointCreate;
import dev.neonstack.neon.controlplane.ProjectRegistration;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What up and preview say at the end when nothing changes and the local process knows better. */
final class LocalEndTest {
  private static final String AGAIN = "./neonstack up --refresh";

  @TempDir private Path folder;

  private final FakeParts parts = new FakeParts();
  private final TenantId demo = TenantId.random();
  private final TimelineId main = TimelineId.random();
  private final List<ServerSocket> servers = new ArrayList<>();
  private FakeEngine engine;
  private LocalServer local;
  private ControlPlaneClient client;
  private Endpoint endpoint;

  @BeforeEach
  void setUp() throws IOException, InterruptedException {
    engine = new FakeEngine(folder);
    var environment = engine.environment();
    local =
        LocalServer.start(LocalPaths.fromEnvironment(environment), new LocalPorts(0, 0, 0), parts);
    var services = LocalProcess.ofEnvironment(environment).find().orElseThrow();
    client =
        new ControlPlaneClient(
            new ControlPlaneOptions(
                services.controlPlaneUrl(), Optional.of(services.apiKey()), Optional.empty()));
    client.registerProject(
        new ProjectRegistration(
            demo, "demo", 17, Duration.ofDays(7), Optional.empty(), Optional.empty()));
    client.registerBranch(demo, branch(main, "main"));
    client.putRole(demo, main, "app", Optional.of("a-password-0123456789"));
    client.putDatabase(demo, main, "app", "app");
    endpoint = client.createEndpoint(demo, EndpointCreate.readWrite(main));
    engine.keeps(
        same("Project", "demo", "tenantId", demo.value()),
        same("Branch", "demo/main", "branchId", main.value()),
        part("Role", "demo/main/app", "app"),
        part("Database", "demo/main/app", "app"),
        part("Endpoint", "demo/main", "primary"));
  }

  @AfterEach
  void tearDown() throws IOException {
    local.close();
    for (var server : servers) {
      server.close();
    }
  }

  private static BranchRegistration branch(TimelineId id, String name) {
    return new BranchRegistration(
        id,
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        true,
        Optional.empty());
  }

  private static String same(String type, String name, String property, String id) {
    return step(
        "same", "neonstack:index:" + type, name, "{\"%s\": \"%s\"}".formatted(property, id));
  }

  private String part(String type, String path, String name) {
    return step(
        "same",
        "neonstack:index:" + type,
        path,
        "{\"branch\": \"%s\", \"name\": \"%s\"}".formatted(main, name));
  }

  /** Whoever connects to the endpoint is answered with this byte. */
  private void answersWith(char first) throws IOException {
    var server = new ServerSocket(endpoint.port(), 5, InetAddress.getByName(endpoint.host()));
    servers.add(server);
    var thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (var socket = server.accept()) {
                  var in = new DataInputStream(socket.getInputStream());
                  in.readNBytes(in.readInt() - Integer.BYTES);
                  socket.getOutputStream().write(first);
                } catch (IOException closed) {
                  return;
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private Cli.Result run(String command) {
    return Cli.run(engine.environment(), command, "--stack", "local", "--local");
  }

  private void assertFails(Cli.Result result, String... words) {
    assertThat(result.err()).contains(words);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("BRANCH");
  }

  @Test
  void whereEverythingIsThereAndAnswersItEndsWithTheTable() throws Exception {
    answersWith('R');
    client.registerBranch(demo, branch(TimelineId.random(), "of-another-stack"));
    var result = run("up");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .containsPattern("demo/main +app +postgresql://app:\\*{4}@")
        .doesNotContain("of-another-stack");
    assertThat(run("preview").err()).isEmpty();
  }

  @Test
  void aBranchWhoseServerDoesNotStartIsNoSuccess() {
    parts.servers().clear();
    parts.refuse(Optional.of("port 5 is used by nc (pid 7)"));

    assertFails(
        run("up"),
        "error: demo/main does not answer at %s:%d: ".formatted(endpoint.host(), endpoint.port()),
        "port 5 is used by nc (pid 7)");
    assertThat(Cli.run(engine.environment(), "table").out())
        .containsPattern("demo/main +- +\\(does not answer\\)");
  }

  @Test
  void aBranchOnWhosePortNobodyListensIsNoSuccess() {
    assertFails(run("up"), "demo/main does not answer", "./neonstack doctor looks for the cause");
  }

  @Test
  void aBranchOnWhosePortAnotherProgramAnswersIsNoSuccess() throws Exception {
    answersWith('H');

    assertFails(run("up"), "demo/main does not answer");
  }

  @ParameterizedTest
  @CsvSource({"demo, project", "demo/main, branch", "demo/main, endpoint"})
  void whatSomebodyRemovedIsSaidWithTheCommandThatMakesItAgain(String name, String kind)
      throws Exception {
    answersWith('R');
    switch (kind) {
      case "project" -> client.forgetProject(demo);
      case "branch" -> client.forgetBranch(demo, main);
      default -> client.deleteEndpoint(demo, endpoint.id());
    }
    var said = "declared, and not there: ";

    assertFails(run("up"), "error: " + said, name + " (" + kind + ")", AGAIN);
    var preview = run("preview");
    assertThat(preview.code()).isZero();
    assertThat(preview.err()).contains("warning: " + said, name + " (" + kind + ")", AGAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"role", "database"})
  void whatSomebodyDroppedIsSaidByUpToo(String kind) throws Exception {
    answersWith('R');
    client.deleteDatabase(demo, main, "app");
    if (kind.equals("role")) {
      client.deleteRole(demo, main, "app");
    }

    assertFails(run("up"), "not there: ", "demo/main/app (" + kind + ")", AGAIN);
  }

  @Test
  void whatIsAboutToBeMadeIsNotMissing() throws Exception {
    engine.plans(
        step(
            "create",
            "neonstack:index:Branch",
            "demo/new",
            "{\"branchId\": \"" + TimelineId.random() + "\", \"name\": \"new\"}"));

    assertThat(run("preview").err()).isEmpty();
  }
}
