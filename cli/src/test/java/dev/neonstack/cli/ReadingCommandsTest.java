package dev.neonstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.local.serve.LocalPorts;
import dev.neonstack.local.serve.LocalServer;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.controlplane.EndpointCreate;
import dev.neonstack.neon.controlplane.ProjectRegistration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** status, table and the settings for psql, asked of a control plane with two projects. */
final class ReadingCommandsTest {

  private static final String PASSWORD = "it's-a-password-0123456789";

  @TempDir private Path folder;

  private final FakeParts parts = new FakeParts();
  private final TenantId demo = TenantId.random();
  private final TenantId other = TenantId.random();
  private final TimelineId otherMain = TimelineId.random();
  private final TimelineId main = TimelineId.random();
  private final TimelineId child = TimelineId.random();
  private Map<String, String> environment;
  private LocalServer server;
  private ControlPlaneClient client;

  @BeforeEach
  void setUp() throws InterruptedException {
    environment = Map.of("NEONSTACK_DATA", folder.resolve("data").toString());
    server =
        LocalServer.start(LocalPaths.fromEnvironment(environment), new LocalPorts(0, 0, 0), parts);
    var services = LocalProcess.ofEnvironment(environment).find().orElseThrow();
    client =
        new ControlPlaneClient(
            new ControlPlaneOptions(
                services.controlPlaneUrl(), Optional.of(services.apiKey()), Optional.empty()));
    project(demo, "demo");
    branch(demo, main, "main", Optional.empty());
    client.putRole(demo, main, "app", Optional.of(PASSWORD));
    client.putDatabase(demo, main, "app", "app");
    branch(demo, child, "child", Optional.of(main));
    client.createEndpoint(demo, EndpointCreate.readWrite(main));
    project(other, "other");
    branch(other, otherMain, "main", Optional.empty());
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  @Test
  void statusShowsTheProcessAndEveryBranchParentsFirst() {
    var result = Cli.run(environment, "status");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("running, pid " + ProcessHandle.current().pid())
        .contains("control plane   " + server.state().controlPlaneUrl())
        .contains("data            " + folder.resolve("data"))
        .containsPattern("demo +main +- +17 +ep-[a-z0-9-]+ +127.0.0.1:\\d+ +active")
        .containsPattern("demo +child +main +17 +- +- +-")
        .containsPattern("other +main +- +17 +- +- +-");
    assertThat(result.out().indexOf("  main ")).isLessThan(result.out().indexOf("  child "));
  }

  @Test
  void tableHidesPasswordsUnlessAskedForThem() {
    var hidden = Cli.run(environment, "table");
    var shown = Cli.run(environment, "table", "--show-secrets");

    assertThat(hidden.out())
        .containsPattern("BRANCH +DATABASE +CONNECTION STRING\n")
        .containsPattern("demo/main +app +postgresql://app:\\*{4}@127.0.0.1:\\d+/app\n")
        .containsPattern("demo/child +- +-\n")
        .containsPattern("other/main +- +-\n")
        .doesNotContain("password");
    assertThat(shown.out()).containsPattern("demo/main +app +postgresql://app:[^*@]+@127.0.0.1");
  }

  @Test
  void projectsOfOneNameAreToldApart() {
    var twin = TenantId.random();
    project(twin, "demo");
    branch(twin, TimelineId.random(), "main", Optional.empty());
    var first = "demo@" + demo.value().substring(0, 8);
    var second = "demo@" + twin.value().substring(0, 8);

    assertThat(Cli.run(environment, "table").out())
        .containsPattern(first + "/main +app ")
        .containsPattern(second + "/main +- ")
        .containsPattern("\nother/main ");
    assertThat(Cli.run(environment, "status").out()).contains(first, second);
    assertThat(Cli.run(environment, "psql-settings", first + "/main").out()).contains("PGPORT");
    assertThat(Cli.run(environment, "psql-settings", "demo/main").err())
        .contains("there are: ", first + "/main", second + "/main");
  }

  @Test
  void aBranchThatDoesNotAnswerIsSaidByStatusAndDoctor() throws Exception {
    parts.refuse(Optional.of("port 5 is used by nc (pid 7)"));
    parts.servers().clear();
    var said = "branch demo/main does not answer: port 5 is used by nc (pid 7)";
    while (!Cli.run(environment, "status").out().contains(said)) {
      Thread.sleep(50);
    }

    assertThat(Cli.run(environment, "status").out()).containsPattern("demo +main .* crashed\n");
    var doctor = Cli.run(environment, "doctor");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out()).contains(said);

    parts.refuse(Optional.empty());
    while (!Cli.run(environment, "doctor").out().contains("all answer")) {
      Thread.sleep(50);
    }
  }

  @Test
  void withoutALocalProcessStatusAndTableSaySo() {
    server.close();

    for (var command : new String[] {"status", "table"}) {
      var result = Cli.run(environment, command);
      assertThat(result.code()).isZero();
      assertThat(result.out()).contains("not running; ./neonstack up starts it");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo/main", "ID"})
  void psqlFindsABranchByItsPathAndItsIdAndQuotesForTheShell(String name) {
    var result = Cli.run(environment, "psql-settings", name.replace("ID", main.toString()));

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("export PGHOST='127.0.0.1'\n")
        .containsPattern("export PGPORT='\\d+'\n")
        .contains("export PGUSER='app'\n", "export PGDATABASE='app'\n")
        .contains("export PGPASSWORD='it'\\''s-a-password-0123456789'\n");
  }

  @Test
  void psqlStartsAServerThatDoesNotRun() {
    parts.servers().clear();

    assertThat(Cli.run(environment, "psql-settings", "demo/main").code()).isZero();

    assertThat(parts.servers()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-U reader", "-Ureader", "--username=reader", "--username reader"})
  void psqlTakesTheRoleItIsGiven(String option) {
    client.putRole(demo, main, "reader", Optional.of("another-password-0123456789"));
    var words = ("psql-settings demo/main " + option).split(" ");

    assertThat(Cli.run(environment, words).out())
        .contains("export PGUSER='reader'\n", "PGPASSWORD='another-password-0123456789'");
  }

  @Test
  void psqlRefusesWhatItCannotConnectToInOneSentence() {
    assertRefused(
        "there is no branch 'mian'; there are: demo/main, demo/child, other/main", "mian");
    assertRefused(
        "'main' names several branches; name one by its id: "
            + "demo/main (%s), other/main (%s)".formatted(main, otherMain),
        "main");
    assertRefused("branch 'demo/child' has no endpoint to connect to", "child");
    assertRefused("branch 'demo/main' has no role 'nobody'", "demo/main", "-U", "nobody");
  }

  @Test
  void whatACommandDoesNotKnowIsNamedWithItsUsage() {
    assertMisused("status does not know 'x'; usage: ./neonstack status", "status", "x");
    assertMisused("down does not know 'now'; usage: ./neonstack down", "down", "now");
    assertMisused(
        "table does not know '--secrets'; usage: ./neonstack table [--show-secrets]",
        "table",
        "--secrets");
  }

  private void assertRefused(String sentence, String... arguments) {
    var words = new ArrayList<>(List.of("psql-settings"));
    words.addAll(List.of(arguments));
    var result = Cli.run(environment, words.toArray(String[]::new));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("error: " + sentence + "\n");
  }

  private void assertMisused(String sentence, String... words) {
    var result = Cli.run(environment, words);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).isEqualTo("error: " + sentence + "\n");
  }

  private void project(TenantId id, String name) {
    client.registerProject(
        new ProjectRegistration(
            id, name, 17, Duration.ofDays(1), Optional.empty(), Optional.empty()));
  }

  private void branch(TenantId project, TimelineId id, String name, Optional<TimelineId> parent) {
    client.registerBranch(
        project,
        new BranchRegistration(
            id,
            name,
            parent,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            true,
            Optional.empty()));
  }
}
