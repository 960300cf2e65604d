package dev.neonstack.program;

import com.pulumi.deployment.internal.EngineLogger;
import com.pulumi.resources.Resource;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;

/**
 * Keeps from the engine what the SDK logs for its own developers: five messages for each resource,
 * the whole of its inputs and outputs among them, each a call of its own. {@code
 * PULUMI_EXCESSIVE_DEBUG_OUTPUT=true} lets them through, and {@code pulumi up --debug} shows them.
 */
final class EngineLog implements EngineLogger {
  private final EngineLogger engine;

  EngineLog(EngineLogger engine) {
    this.engine = engine;
  }

  @Override
  public CompletableFuture<Void> logAsync(
      Level level, String message, Resource resource, Integer streamId, Boolean ephemeral) {
    return level.intValue() < Level.INFO.intValue()
        ? CompletableFuture.completedFuture(null)
        : engine.logAsync(level, message, resource, streamId, ephemeral);
  }

  @Override
  public int getErrorCount() {
    return engine.getErrorCount();
  }

  @Override
  public boolean hasLoggedErrors() {
    return engine.hasLoggedErrors();
  }
}
