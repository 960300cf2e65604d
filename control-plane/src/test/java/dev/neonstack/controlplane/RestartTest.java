package dev.neonstack.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.controlplane.sql.SqlCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  @TempDir private Path directory;
  private ApiFixture api;
  private String project;
  private String id;
  private String endpoint;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
    var made = api.project();
    project = "/api/v2/projects/" + made.text("/project/id");
    id = made.text("/endpoints/0/id");
    endpoint = project + "/endpoints/" + id;
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void closingStopsWhatRunsAndTheNextStartStartsItAgain() {
    var former = api.runtime();
    var port = api.call("GET", endpoint).text("/endpoint/port");

    api.restart();

    assertThat(former.running(id)).isEmpty();
    var again = api.call("GET", endpoint);
    assertThat(again.text("/endpoint/current_state")).isEqualTo("active");
    assertThat(again.text("/endpoint/port")).isEqualTo(port);
    assertThat(api.runtime().contents(id)).contains("role neondb_owner", "database neondb");
  }

  @Test
  void whatSleptGoesOnSleeping() {
    api.call("POST", endpoint + "/suspend");

    api.restart();

    assertThat(api.call("GET", endpoint).text("/endpoint/current_state")).isEqualTo("idle");
    assertThat(api.runtime().calls()).isEmpty();
  }

  @Test
  void whoAsksForAnEndpointWhileItIsResumedWaitsForIt() {
    var gate = new CountDownLatch(1);
    var slow = new InMemoryComputeRuntime();
    slow.holdAt(gate);
    api.restart(slow);

    var asked = CompletableFuture.supplyAsync(() -> api.call("GET", endpoint));
    assertThat(api.call("GET", project + "/endpoints").text("/endpoints/0/current_state"))
        .isEqualTo("init");
    assertThat(api.call("GET", "/neonstack/v1/status").text("/resuming")).isEqualTo("1");
    assertThat(asked).isNotDone();
    gate.countDown();

    assertThat(asked.join().text("/endpoint/current_state")).isEqualTo("active");
    assertThat(api.runtime().calls()).containsExactly("start " + id);
  }

  @Test
  void anOperationThatAKillCutOffEndsAsWhatBecameOfIt(@TempDir Path elsewhere) throws Exception {
    api.call("POST", endpoint + "/suspend");
    var gate = new CountDownLatch(1);
    api.runtime().holdAt(gate);
    var cut = CompletableFuture.supplyAsync(() -> api.call("POST", endpoint + "/start"));
    while (!newest(api).equals("running")) {
      Thread.sleep(10);
    }
    try (var files = Files.list(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, elsewhere.resolve(file.getFileName()));
      }
    }
    gate.countDown();
    cut.join();

    try (var after = new ApiFixture(elsewhere)) {
      assertThat(after.call("GET", endpoint).text("/endpoint/current_state")).isEqualTo("active");
      while (newest(after).equals("running")) {
        Thread.sleep(10);
      }
      assertThat(newest(after)).isEqualTo("finished");
    }
  }

  private String newest(ApiFixture from) {
    return from.call("GET", project + "/operations").text("/operations/0/status");
  }

  @Test
  void theCatalogIsForItsOwnerOnly() throws IOException {
    try (var files = Files.list(directory)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("catalog.db")))
          .hasSizeGreaterThan(1)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void aPortInUseIsOneSentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var config = ControlPlaneConfig.of(taken.getLocalPort(), ApiFixture.KEY, 0);
      var catalog = SqlCatalog.inFolder(directory.resolve("other"));

      assertThatThrownBy(() -> ControlPlane.start(config, catalog, api.storage(), api.runtime()))
          .hasMessageContaining(":" + taken.getLocalPort())
          .hasMessageContaining("NEONSTACK_API_PORT");
    }
  }

  @Test
  void theKeyIsNotPrinted() {
    assertThat(ControlPlaneConfig.of(0, ApiFixture.KEY, 0))
        .asString()
        .doesNotContain(ApiFixture.KEY);
    assertThatThrownBy(() -> ControlPlaneConfig.of(0, "short-key", 0))
        .hasMessageContaining("9 characters")
        .hasMessageNotContaining("short-key");
  }
}
