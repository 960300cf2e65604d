package dev.neonstack.it.kube.standin;

import dev.neonstack.it.standin.PluginServer;
import java.time.Duration;
import java.util.List;

/** The stand-in, in this process, for one stack: all runs of it share one configuration. */
public final class StandInServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final StandIn standIn = new StandIn(PATIENCE);
  private final PluginServer server = new PluginServer("kubernetes", standIn);

  /**
   * Changes how long an object may take until it serves, or until it is gone: a minute at first.
   */
  public void giveUpAfter(Duration patience) {
    standIn.giveUpAfter(patience);
  }

  /** The charts noted as released, as {@code namespace/name chart version}. */
  public List<String> releases() {
    return standIn.releases();
  }

  /** How the engine is told to use it: an entry of {@code PULUMI_DEBUG_PROVIDERS}. */
  public String attachment() {
    return server.attachment();
  }

  @Override
  public void close() {
    server.close();
  }
}
