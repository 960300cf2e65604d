package dev.neonstack.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.deployment.internal.DeploymentImpl;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

final class WaitingLoggerTest {
  @Test
  void itWaitsEachTimeTheSdkAsksWhetherAllIsDoneAndAtNothingElse() {
    var pauses = new AtomicInteger();
    var logger = new WaitingLogger(pauses::incrementAndGet);

    logger.log(Level.FINEST, "Remaining tasks [2]: …");
    logger.log(Level.FINEST, "Remaining tasks [1]: …");
    logger.log(Level.FINEST, "Completed task: 'a', b");

    assertThat(pauses).hasValue(2);
    assertThat(logger.getName()).isEqualTo(DeploymentImpl.class.getName());
  }

  /** Where this fails, see whether the new SDK still asks without a pause. */
  @Test
  void thatIsWhatTheSdkWritesInItsLoop() throws IOException {
    try (var loop =
        DeploymentImpl.class.getResourceAsStream("DeploymentImpl$DefaultRunner.class")) {
      assertThat(new String(loop.readAllBytes(), ISO_8859_1)).contains("Remaining tasks [%s]");
    }
  }
}
