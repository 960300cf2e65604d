package dev.neonstack.components.neon.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the scripts of the pods with a real shell against a storage controller of our own. */
final class ScriptsTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  private FakeController controller;
  private Process running;

  @BeforeEach
  void start() throws IOException {
    controller = new FakeController();
    Files.writeString(folder.resolve("infra"), FakeController.INFRA);
    Files.writeString(folder.resolve("admin"), FakeController.ADMIN);
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.destroyForcibly();
    }
    controller.close();
  }

  @Test
  void aPageserverIsPreparedByItsOrdinal() throws Exception {
    var config = Files.createDirectory(folder.resolve("config"));
    Files.writeString(
        config.resolve("pageserver.toml"), "page_cache_size = 1\n\n[tenant_config]\n");
    var work = folder.resolve("work/pageserver");
    var environment =
        Map.of(
            "POD_NAME", "pageserver-4",
            "HOST_SUFFIX", ".neon.svc",
            "WORK_DIRECTORY", work.toString(),
            "CONFIG", config.toString(),
            "PAGES_PORT", "6400",
            "HTTP_PORT", "9898",
            "DOMAIN_PREFIX", "domain",
            "CONTROLLER_TOKEN", "a.b.c");

    for (var time = 0; time < 2; time++) {
      assertThat(finish(run("prepare-pageserver.sh", environment))).isZero();
    }

    assertThat(work.resolve("identity.toml")).hasContent("id = 5");
    assertThat(Files.readString(work.resolve("pageserver.toml")))
        .isEqualTo("control_plane_api_token = \"a.b.c\"\npage_cache_size = 1\n\n[tenant_config]\n");
    var metadata = new ObjectMapper().readTree(work.resolve("metadata.json").toFile());
    assertThat(metadata.get("host").asText()).isEqualTo("pageserver-4.neon.svc");
    assertThat(metadata.get("http_port").asInt()).isEqualTo(9898);
    assertThat(metadata.get("availability_zone_id").asText()).isEqualTo("domain-4");
    assertThat(Files.getPosixFilePermissions(work.resolve("pageserver.toml")).toString())
        .doesNotContain("GROUP", "OTHERS");
    try (var files = Files.list(work)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("identity.toml", "metadata.json", "pageserver.toml");
    }
  }

  @Test
  void aDrainLastsUntilTheControllerSaysItIsOver() throws Exception {
    controller.nodeAnswers("Draining", "Draining", "PauseForRestart");

    assertThat(finish(drain(folder.resolve("infra"), 30))).isZero();

    assertThat(controller.seen())
        .containsExactly(
            "PUT /control/v1/node/3/drain",
            "GET /control/v1/node/3",
            "GET /control/v1/node/3",
            "GET /control/v1/node/3");
  }

  @Test
  void aDrainThatIsRefusedHoldsNoStopUp() throws Exception {
    assertThat(finish(drain(folder.resolve("admin-that-is-not"), 30))).isZero();

    assertThat(controller.seen()).containsExactly("PUT /control/v1/node/3/drain");
  }

  @Test
  void everySafekeeperIsRegisteredOnceAndSetActive() throws Exception {
    register(2);
    await(() -> Files.exists(folder.resolve("ready")));

    assertThat(controller.safekeeper(1))
        .contains("\"host\":\"safekeeper-0.localhost\"")
        .contains("\"availability_zone_id\":\"domain-0\"")
        .contains("\"scheduling_policy\":\"Active\"");
    await(() -> count("GET /control/v1/safekeeper/1") > 3);
    assertThat(count("POST /control/v1/safekeeper/1")).isEqualTo(1);
    assertThat(count("POST /control/v1/safekeeper/1/scheduling_policy")).isEqualTo(1);
  }

  @Test
  void aSafekeeperTheControllerForgetsIsRegisteredAgain() throws Exception {
    register(1);
    await(() -> Files.exists(folder.resolve("ready")));

    controller.forget(1);

    await(() -> controller.safekeeper(1).contains("\"scheduling_policy\":\"Active\""));
  }

  @Test
  void whatAnOperatorPausedStaysSo() throws Exception {
    register(1);
    await(() -> Files.exists(folder.resolve("ready")));

    controller.pause(1);
    var before = count("GET /control/v1/safekeeper/1");
    await(() -> count("GET /control/v1/safekeeper/1") > before + 3);

    assertThat(controller.safekeeper(1)).contains("\"scheduling_policy\":\"Pause\"");
    assertThat(folder.resolve("ready")).exists();
  }

  @Test
  void aSafekeeperWithTheVolumeOfAnotherIsNotRegistered() throws Exception {
    controller.safekeepersAnswer(7);
    register(1);
    await(() -> count("GET /v1/status") > 2);

    assertThat(count("POST /control/v1/safekeeper/1")).isZero();
    assertThat(folder.resolve("ready")).doesNotExist();
  }

  private Process drain(Path token, int seconds) throws IOException {
    return run(
        "drain-pageserver.sh",
        Map.of(
            "POD_NAME", "pageserver-2",
            "CONTROLLER", controller.url(),
            "TOKEN_FILE", token.toString(),
            "DRAIN_SECONDS", Integer.toString(seconds)));
  }

  /** Names under localhost lead to this machine. */
  private void register(int safekeepers) throws IOException {
    var environment = new LinkedHashMap<String, String>();
    environment.put("CONTROLLER", controller.url());
    environment.put("SAFEKEEPERS", Integer.toString(safekeepers));
    environment.put("POD_PREFIX", "safekeeper");
    environment.put("HOST_SUFFIX", ".localhost");
    environment.put("DOMAIN_PREFIX", "domain");
    environment.put("REGION", "corp");
    environment.put("WAL_PORT", "5454");
    environment.put("HTTP_PORT", Integer.toString(controller.port()));
    environment.put("INFRA_TOKEN", folder.resolve("infra").toString());
    environment.put("ADMIN_TOKEN", folder.resolve("admin").toString());
    environment.put("READY_FILE", folder.resolve("ready").toString());
    environment.put("INTERVAL_SECONDS", "0.1");
    running = run("register-safekeepers.sh", environment);
  }

  private long count(String request) {
    return controller.seen().stream().filter(request::equals).count();
  }

  private Process run(String script, Map<String, String> environment) throws IOException {
    var file = folder.resolve(script);
    Files.writeString(file, Scripts.read(script));
    var builder = new ProcessBuilder(List.of("sh", file.toString())).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(script + ".log").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int finish(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
