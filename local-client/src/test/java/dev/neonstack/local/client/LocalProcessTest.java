package dev.neonstack.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalProcessTest {

  @TempDir private Path folder;

  private LocalProcess local;

  @BeforeEach
  void setUp() throws IOException {
    local = processOf(FakeLocal.home(folder));
  }

  @AfterEach
  void stopWhatWasStarted() {
    local.stop();
  }

  @Test
  void startsOnceAndIsFoundAgain() throws IOException {
    var started = local.findOrStart();
    var found = local.findOrStart();

    assertThat(found).isEqualTo(started);
    assertThat(local.find()).contains(started);
    assertThat(started.apiKey()).isEqualTo("the-key");
    assertThat(started.storageToken()).contains("the-token");
    assertThat(starts()).hasSize(1);
  }

  @Test
  void manyAtOnceStartExactlyOne() throws Exception {
    var callers = new ArrayList<Callable<String>>();
    for (var i = 0; i < 10; i++) {
      callers.add(() -> local.findOrStart().controlPlaneUrl().toString());
    }
    for (var i = 0; i < 5; i++) {
      callers.add(this::findOrStartInAnotherProcess);
    }
    var pool = Executors.newFixedThreadPool(callers.size());
    var urls = new ArrayList<String>();
    try {
      for (var url : pool.invokeAll(callers)) {
        urls.add(url.get());
      }
    } finally {
      pool.shutdown();
    }

    assertThat(starts()).hasSize(1);
    assertThat(urls).hasSize(15).containsOnly(urls.get(0));
  }

  @Test
  void stopEndsItAndASecondStopHasNothingToDo() throws IOException {
    local.findOrStart();
    var pid = Long.parseLong(starts().get(0));

    assertThat(local.stop()).isTrue();
    assertThat(local.stop()).isFalse();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(local.find()).isEmpty();
    assertThat(folder.resolve("data/local.json")).doesNotExist();
  }

  @Test
  void stopWithoutADataFolderMakesNone() {
    assertThat(local.stop()).isFalse();
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void theStateOfADeadProcessIsReplaced() throws Exception {
    local.findOrStart();
    var pid = Long.parseLong(starts().get(0));
    var process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().get();

    assertThat(local.find()).isEmpty();
    local.findOrStart();

    assertThat(starts()).hasSize(2);
    assertThat(local.find()).isPresent();
  }

  @Test
  void aProcessNumberGivenAwayAgainIsNeitherUsedNorEnded() throws Exception {
    var bystander = new ProcessBuilder("sleep", "600").start();
    try {
      var other = local.findOrStart();
      local.stop();
      var nowhere = new LocalState(bystander.pid(), "then", other.storageUrl(), closedPort(), "x");
      nowhere.write(folder.resolve("data/local.json"));

      assertThat(local.find()).isEmpty();
      assertThat(local.stop()).isFalse();
      assertThat(bystander.isAlive()).isTrue();
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void anUnreadableStateFileIsReplaced() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/local.json"), "{\"pid\": 12,");

    local.findOrStart();

    assertThat(starts()).hasSize(1);
    assertThat(local.find()).isPresent();
  }

  @Test
  void aProcessOfAnOlderBuildIsReplaced() throws IOException {
    var stamp = folder.resolve("home/local/target/build.stamp");
    Files.createDirectories(stamp.getParent());
    Files.writeString(stamp, "one\n");
    local.findOrStart();
    Files.delete(folder.resolve("data/storage-token"));
    assertThatThrownBy(local::find).hasMessageContaining("./neonstack down");
    Files.writeString(stamp, "two\n");
    assertThat(local.find().orElseThrow().storageToken()).as("of an older build").isEmpty();

    local.findOrStart();

    assertThat(starts()).hasSize(2);
    assertThat(local.state().orElseThrow().build()).isEqualTo("two");
  }

  @Test
  void theStateFileIsReadableByItsOwnerOnly() throws IOException {
    local.findOrStart();

    assertThat(Files.getPosixFilePermissions(folder.resolve("data/local.json"))).hasSize(2);
    assertThat(Files.getPosixFilePermissions(folder.resolve("data"))).hasSize(3);
  }

  @Test
  void aFailedStartGivesTheReasonTheProcessPrinted() throws IOException {
    var failing =
        processOf(
            FakeLocal.homeRunning(
                folder, "echo starting; echo 'error: port 9898 is in use'; echo bye; exit 1"));

    assertThatThrownBy(failing::findOrStart)
        .isInstanceOf(LocalProcessException.class)
        .hasMessage("The local process did not start: port 9898 is in use");
  }

  @Test
  void aFailedStartWithoutAReasonGivesTheLastLine() throws IOException {
    var failing = processOf(FakeLocal.homeRunning(folder, "echo one >&2; echo two >&2; exit 7"));

    assertThatThrownBy(failing::findOrStart).hasMessageContaining("did not start: two (from ");
  }

  @Test
  void secretsOfPulumiDoNotReachTheProcess() throws IOException {
    var shows =
        new LocalProcess(
            paths(
                FakeLocal.homeRunning(folder, "echo \"got <$PULUMI_CONFIG_PASSPHRASE>\"; exit 1")),
            Map.of("PATH", System.getenv("PATH"), "PULUMI_CONFIG_PASSPHRASE", "geheim"));

    assertThatThrownBy(shows::findOrStart).hasMessageContaining("got <>");
  }

  @Test
  void withoutAHomeItSaysWhatToSet() {
    var homeless =
        new LocalProcess(
            new LocalPaths(folder.resolve("data"), folder.resolve("cache"), Optional.empty()),
            System.getenv());

    assertThatThrownBy(homeless::findOrStart).hasMessageContaining("NEONSTACK_HOME is not set");
  }

  @Test
  void aHomeThatIsNoneIsNamed() throws IOException {
    var wrong = processOf(Files.createDirectories(folder.resolve("elsewhere")));

    assertThatThrownBy(wrong::findOrStart).hasMessageContaining("elsewhere");
  }

  @Test
  void aDataFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(folder.resolve("data"), "a file stands here");

    assertThatThrownBy(local::findOrStart)
        .isInstanceOf(LocalProcessException.class)
        .hasMessageContaining(folder.resolve("data").toString())
        .hasMessageContaining("NEONSTACK_DATA");
    Files.delete(folder.resolve("data"));
  }

  private String findOrStartInAnotherProcess() throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            FindOrStart.class.getName());
    builder.environment().putAll(environment(folder.resolve("home")));
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return printed;
  }

  private List<String> starts() throws IOException {
    return Files.readAllLines(folder.resolve("data/starts"));
  }

  private LocalProcess processOf(Path home) {
    return new LocalProcess(paths(home), System.getenv());
  }

  private LocalPaths paths(Path home) {
    return LocalPaths.fromEnvironment(environment(home));
  }

  private Map<String, String> environment(Path home) {
    var environment = new HashMap<String, String>();
    environment.put("NEONSTACK_HOME", home.toString());
    environment.put("NEONSTACK_DATA", folder.resolve("data").toString());
    environment.put("NEONSTACK_CACHE", folder.resolve("cache").toString());
    return environment;
  }

  private static URI closedPort() throws IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
