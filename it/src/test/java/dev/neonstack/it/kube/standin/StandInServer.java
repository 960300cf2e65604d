package dev.neonstack.it.kube.standin;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The stand-in, in this process, for one stack: all runs of it share one configuration. */
public final class StandInServer implements AutoCloseable {
  private static final int MAX_MESSAGE = 400 << 20;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final StandIn standIn = new StandIn(PATIENCE);
  private final Server server;

  /** Starts to serve. */
  public StandInServer() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .maxInboundMessageSize(MAX_MESSAGE)
              .addService(standIn)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Changes how long an object may take until it serves, or until it is gone: a minute at first.
   */
  public void giveUpAfter(Duration patience) {
    standIn.giveUpAfter(patience);
  }

  /** How the engine is told to use it: an entry of {@code PULUMI_DEBUG_PROVIDERS}. */
  public String attachment() {
    return "kubernetes:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
