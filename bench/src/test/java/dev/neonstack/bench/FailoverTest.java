package dev.neonstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailoverTest {
  private static final int KILLS = 3;

  @TempDir private Path folder;

  @Test
  void whateverAServerHasAcknowledgedTheNextOneKnows() throws Exception {
    try (var postgres = EmbeddedPostgres.start()) {
      var url = "postgresql://postgres:x@127.0.0.1:%d/postgres".formatted(postgres.getPort());

      var result = new Failover(folder, url).run(KILLS);

      assertThat(result.millis()).hasSize(KILLS);
      assertThat(result.acknowledged()).isPositive();
      assertThat(result.lost()).isZero();
    }
  }
}
