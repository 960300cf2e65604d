package dev.neonstack.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.problem.Problem;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthTest {
  @TempDir private Path directory;
  private ApiFixture api;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private ApiFixture.Answer withoutKey(String path) {
    return api.call("GET", path, "", Optional.empty());
  }

  @Test
  void itIsReadyWhileStorageAnswersAndAliveInAnyCase() {
    assertThat(withoutKey("/ready").status()).isEqualTo(200);

    api.storage().failWith(Optional.of(Problem.unavailable("no connection to storage", null)));
    assertThat(withoutKey("/ready").status()).isEqualTo(503);
    assertThat(withoutKey("/ready").text("/message"))
        .contains("the log of the control plane says why")
        .doesNotContain("no connection to storage");
    assertThat(withoutKey("/live").status()).isEqualTo(200);

    api.storage().failWith(Optional.empty());
    assertThat(withoutKey("/ready").status()).isEqualTo(200);
  }

  @Test
  void whatIsBesideThemNeedsTheKey() {
    assertThat(withoutKey("/ready/").status()).isEqualTo(401);
    assertThat(withoutKey("/api/v2/projects").status()).isEqualTo(401);
  }
}
