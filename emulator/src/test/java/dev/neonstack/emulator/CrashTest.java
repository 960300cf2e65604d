package dev.neonstack.emulator;

import static dev.neonstack.emulator.EmulatorHarness.branchBody;
import static dev.neonstack.emulator.EmulatorHarness.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulator is killed, and the next one knows everything that was acknowledged. */
class CrashTest {
  private static final int WRITERS = 4;
  private static final int BEFORE_KILL = 150;

  @TempDir Path folder;

  /** An emulator in a process of its own. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      var folder = Path.of(arguments[0]);
      var emulator = new EmulatorHarness(folder);
      if (arguments[1].equals("hold")) {
        emulator.data().holdBootstraps();
        emulator.data().holdDeletes();
      }
      System.out.println(emulator.url());
      Thread.sleep(60_000);
    }
  }

  @Test
  void everythingAcknowledgedSurvivesAKill() throws Exception {
    TenantId tenant;
    TimelineId main;
    try (var emulator = new EmulatorHarness(folder)) {
      tenant = emulator.attach("{\"pitr_interval\":\"3days\"}");
      main = emulator.root(tenant);
    }
    Set<TimelineId> created = ConcurrentHashMap.newKeySet();
    Set<TimelineId> deleted = ConcurrentHashMap.newKeySet();
    var child = start("run");
    try {
      var enough = new CountDownLatch(BEFORE_KILL);
      var writers = new Thread[WRITERS];
      for (int i = 0; i < WRITERS; i++) {
        writers[i] = new Thread(() -> write(child.url(), tenant, main, created, deleted, enough));
      }
      for (var writer : writers) {
        writer.start();
      }
      assertThat(enough.await(50, TimeUnit.SECONDS)).isTrue();
      child.process().destroyForcibly().waitFor();
      for (var writer : writers) {
        writer.join();
      }
    } finally {
      child.process().destroyForcibly().waitFor();
    }

    assertThat(created).isNotEmpty();
    assertThat(deleted).isNotEmpty();
    requireAll(tenant, created, deleted);
  }

  @Test
  void aRootThatWasNotFinishedLeavesNothingAndAPromisedDeletionIsKept() throws Exception {
    TenantId tenant;
    TimelineId main;
    TimelineId doomed;
    try (var emulator = new EmulatorHarness(folder)) {
      tenant = emulator.attach("{}");
      main = emulator.root(tenant);
      doomed = emulator.root(tenant);
    }
    var unfinished = TimelineId.random();
    var child = start("hold");
    try {
      var client = HttpClient.newHttpClient();
      var body = "{\"new_timeline_id\":\"" + unfinished + "\",\"pg_version\":15}";
      var unused =
          client.sendAsync(
              request(child.url(), "POST", "/v1/tenant/" + tenant + "/timeline", body),
              BodyHandlers.ofString());
      var delete = request(child.url(), "DELETE", path(tenant, doomed), "");
      assertThat(client.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
      var half = folder.resolve("timelines").resolve(tenant.value()).resolve(unfinished.value());
      EmulatorHarness.await("initdb runs", () -> Files.exists(half));
    } finally {
      child.process().destroyForcibly().waitFor();
    }

    try (var emulator = new EmulatorHarness(folder)) {
      assertThat(emulator.call("GET", path(tenant, unfinished)).status()).isEqualTo(404);
      assertThat(emulator.data().exists(tenant, unfinished)).isFalse();
      EmulatorHarness.await("it is gone", () -> !emulator.data().exists(tenant, doomed));
      EmulatorHarness.await(
          "it is forgotten", () -> emulator.call("GET", path(tenant, doomed)).status() == 404);
      assertThat(emulator.call("GET", path(tenant, main)).status()).isEqualTo(200);
    }
  }

  private record Running(Process process, String url) {}

  private Running start(String mode) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString(),
                mode)
            .redirectErrorStream(true)
            .start();
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    return new Running(process, output.readLine());
  }

  /** Makes branches and deletes every third until the server is gone. */
  private static void write(
      String url,
      TenantId tenant,
      TimelineId main,
      Set<TimelineId> created,
      Set<TimelineId> deleted,
      CountDownLatch enough) {
    var client = HttpClient.newHttpClient();
    try {
      for (int i = 0; ; i++) {
        var id = TimelineId.random();
        var create =
            request(url, "POST", "/v1/tenant/" + tenant + "/timeline", branchBody(id, main));
        if (client.send(create, BodyHandlers.ofString()).statusCode() == 201) {
          created.add(id);
        }
        if (i % 3 == 0) {
          created.remove(id); // until the answer, it may be either way
          var delete = request(url, "DELETE", path(tenant, id), "");
          if (client.send(delete, BodyHandlers.ofString()).statusCode() == 202) {
            deleted.add(id);
          }
        }
        enough.countDown();
      }
    } catch (IOException e) {
      enough.countDown(); // the kill cut the connection; what was in flight was not acknowledged
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpRequest request(String url, String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .method(method, BodyPublishers.ofString(body))
        .build();
  }

  private void requireAll(TenantId tenant, Set<TimelineId> created, Set<TimelineId> deleted) {
    try (var emulator = new EmulatorHarness(folder)) {
      assertThat(created)
          .allSatisfy(
              id -> assertThat(emulator.call("GET", path(tenant, id)).status()).isEqualTo(200));
      for (var id : deleted) {
        EmulatorHarness.await(
            "deleted stays deleted", () -> emulator.call("GET", path(tenant, id)).status() == 404);
      }
      assertThat(emulator.call("GET", "/v1/tenant/" + tenant + "/config").raw().body())
          .contains("\"pitr_interval\":\"3days\"");
    }
  }
}
