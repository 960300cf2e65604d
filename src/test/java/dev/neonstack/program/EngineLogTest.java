package dev.neonstack.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.Log;
import com.pulumi.deployment.internal.EngineLogger;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

final class EngineLogTest {
  private final List<String> sent = new ArrayList<>();
  private final EngineLog logger = new EngineLog(new Sent());

  /** The way to the engine. */
  private final class Sent implements EngineLogger {
    @Override
    public CompletableFuture<Void> logAsync(
        Level level, String message, Resource resource, Integer streamId, Boolean ephemeral) {
      sent.add(level + " " + message);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public int getErrorCount() {
      return (int) sent.stream().filter(line -> line.startsWith("SEVERE")).count();
    }

    @Override
    public boolean hasLoggedErrors() {
      return getErrorCount() > 0;
    }
  }

  @Test
  void whatIsForTheUserReachesTheEngineAndDebuggingDoesNot() {
    var log = new Log(logger);

    log.debug("Registering resource monitor start: …");
    log.info("waiting for the branch");
    log.warn("no look at the cluster");
    log.error("the branch has children");

    assertThat(sent)
        .containsExactly(
            "INFO waiting for the branch",
            "WARNING no look at the cluster",
            "SEVERE the branch has children");
  }

  @Test
  void aProgramThatLoggedAnErrorHasFailed() {
    assertThat(logger.hasLoggedErrors()).isFalse();

    new Log(logger).error("the branch has children");

    assertThat(logger.hasLoggedErrors()).isTrue();
    assertThat(logger.getErrorCount()).isEqualTo(1);
  }
}
