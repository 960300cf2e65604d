package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neonstack.it.harness.ControlPlaneServer;
import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Ports;
import dev.neonstack.it.harness.Repository;
import dev.neonstack.it.harness.Wait;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The control plane's server, run as its image runs it, in front of the local storage. */
@ExtendWith(OnPlatform.class)
class ControlPlaneServerIT {
  @TempDir Path folder;

  @Test
  void whatWasMadeOutlivesAKillAndABranchGoesWhenItHasExpired(Platform platform)
      throws IOException {
    try (var server = new ControlPlaneServer(folder, platform.storageOptions())) {
      server.start();
      assertThat(server.get("/ready").status()).isEqualTo(200);
      var made = server.call("POST", "/api/v2/projects", "{\"project\":{\"name\":\"shop\"}}");
      assertThat(made.status()).isEqualTo(201);
      var project = "/api/v2/projects/" + made.text("/project/id");
      var password = made.text("/roles/0/password");
      var expiry = Instant.now().plusSeconds(3_600).toString();
      var child =
          server.call(
              "POST",
              project + "/branches",
              "{\"branch\":{\"name\":\"dev\",\"expires_at\":\"%s\"}}".formatted(expiry));
      assertThat(child.status()).isEqualTo(201);
      var branch = project + "/branches/" + child.text("/branch/id");

      server.kill();
      server.start();

      assertThat(server.call("GET", project, "").text("/project/name")).isEqualTo("shop");
      assertThat(server.call("GET", branch, "").text("/branch/expires_at")).isEqualTo(expiry);
      var tenant = TenantId.of(made.text("/project/id"));
      var timeline = TimelineId.of(child.text("/branch/id"));
      assertThat(platform.storage().timeline(tenant, timeline)).isPresent();

      var soon = Instant.now().plusSeconds(1);
      server.call("PATCH", branch, "{\"branch\":{\"expires_at\":\"%s\"}}".formatted(soon));
      Wait.until("the branch is gone", () -> isGone(server, branch));
      assertThat(platform.storage().timeline(tenant, timeline)).isEmpty();
      assertThat(server.call("DELETE", project, "").status()).isEqualTo(200);
      assertThat(platform.storage().tenantExists(tenant)).isFalse();

      assertThat(server.end()).isIn(0, 143);
      assertThat(server.log())
          .contains("Serving on http://127.0.0.1:", "expired at", "Ending")
          .contains("POST /api/v2/projects by 127.0.0.1: 201", "DELETE " + project)
          .doesNotContain(server.key(), password, "ERROR");
    }
  }

  private static boolean isGone(ControlPlaneServer server, String branch) {
    try {
      return server.call("GET", branch, "").status() == 404;
    } catch (IOException e) {
      throw new AssertionError(server.log(), e);
    }
  }

  @Test
  void withoutItsKeyItTellsOnlyWhetherItLives(Platform platform) throws IOException {
    try (var server = new ControlPlaneServer(folder, platform.storageOptions())) {
      server.start();

      assertThat(server.get("/api/v2/projects").status()).isEqualTo(401);
      assertThat(server.get("/neonstack/v1/projects").status()).isEqualTo(401);
      assertThat(server.get("/live").status()).isEqualTo(200);
    }
  }

  @Test
  void withoutStorageItLivesAndSaysWhatIsMissing() throws IOException {
    var nobody = URI.create("http://127.0.0.1:" + Ports.free(1).get(0));
    try (var server = new ControlPlaneServer(folder, at(nobody))) {
      server.start();

      assertThat(server.get("/live").status()).isEqualTo(200);
      var ready = server.get("/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.text("/message")).doesNotContain(nobody.toString());
      assertThat(server.log())
          .contains("Storage cannot be used: Asking whether storage answers at " + nobody);
    }
  }

  @Test
  void aWrongSettingEndsItAtOnce() throws IOException {
    var nobody = URI.create("http://127.0.0.1:1");
    try (var server = new ControlPlaneServer(folder, at(nobody))) {
      assertThat(server.startWrongly(Map.of("NEONSTACK_SWEEP_INTERVAL", "often"))).isEqualTo(2);

      assertThat(server.log())
          .startsWith("error: --sweep-interval (NEONSTACK_SWEEP_INTERVAL) is 'often'; expected")
          .doesNotContain("Exception");
    }
  }

  @Test
  void aContainerEngineBuildsTheImage() throws Exception {
    assumeTrue(succeeds("$engine info"), "no container engine answers here");
    assumeTrue(succeeds("$engine pull $base"), "the base image cannot be fetched here");

    var built =
        succeeds(
            "$engine build --file=images/control-plane/Dockerfile --build-arg=BASE=$base"
                + " --tag=neonstack-test/control-plane control-plane/target/image");

    assertThat(built).as(Files.readString(folder.resolve("log"))).isTrue();
  }

  private static StorageOptions at(URI url) {
    return new StorageOptions(url, Dialect.PAGESERVER, Optional.of("a-token"), Optional.empty());
  }

  /** Waits as long as it takes, as images come by lines of any speed. */
  private boolean succeeds(String line) throws IOException, InterruptedException {
    var given =
        "engine=$(command -v docker || command -v podman);"
            + " base=$(sed -n 's/^  base: *//p' images/lock.yaml); ";
    var process =
        new ProcessBuilder("sh", "-ec", given + line)
            .directory(Repository.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    process.getOutputStream().close();
    return process.waitFor() == 0;
  }
}
