package dev.neonstack.it.standin;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A stand-in, in this process, for one stack: all runs of it share one configuration. */
public final class PluginServer implements AutoCloseable {
  private static final int MAX_MESSAGE = 400 << 20;

  private final String name;
  private final Server server;

  /**
   * Starts to serve.
   *
   * @param name the package whose plugin it stands for
   */
  public PluginServer(String name, Plugin plugin) {
    this.name = name;
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .maxInboundMessageSize(MAX_MESSAGE)
              .addService(plugin)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the engine is told to use it: an entry of {@code PULUMI_DEBUG_PROVIDERS}. */
  public String attachment() {
    return name + ":" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
