package dev.neonstack.provider;

import dev.neonstack.local.client.LocalProcess;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Starts the provider as the engine wants it: a port on the first line, then calls until the end.
 */
public final class Main {
  private static final int MAX_MESSAGE = 400 << 20;

  private Main() {}

  /**
   * Serves until the engine ends.
   *
   * @param args the address of the engine; or {@code train}, to touch the classes a run needs
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var first = args.length == 0 ? "" : args[0];
    var log = new EngineLog();
    var server = start(log);
    if (first.equals("train")) {
      Training.run(server.getPort());
      server.shutdownNow();
      return;
    }
    log.attach(first);
    endWithParent();
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(server.getPort());
    server.awaitTermination();
  }

  private static Server start(EngineLog log) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .maxInboundMessageSize(MAX_MESSAGE)
        .addService(
            new ProviderService(
                Clock.systemUTC(), log, () -> LocalProcess.ofEnvironment(System.getenv())))
        .build()
        .start();
  }

  /** Without its engine nobody would ever end this process. */
  private static void endWithParent() {
    ProcessHandle.current().parent().ifPresent(Main::endWith);
  }

  private static void endWith(ProcessHandle parent) {
    var watch =
        new Thread(
            () -> {
              parent.onExit().join();
              Runtime.getRuntime().halt(0);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }
}
