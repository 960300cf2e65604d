package dev.neonstack.controlplane.rest;

import dev.neonstack.web.FrontDoor;
import dev.neonstack.web.Rules;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server of the control plane. It never hangs up before its client does. */
public final class Listener implements AutoCloseable {
  private static final int MOST_THREADS = 16;
  private static final int LEAST_THREADS = 4;
  private static final int IDLE_MILLIS = 30_000;

  /** Longer than a client waits. */
  private static final long PATIENCE_MILLIS = 600_000;

  private final Listen listen;
  private final Javalin javalin;

  private Listener(Listen listen, Javalin javalin) {
    this.listen = listen;
    this.javalin = javalin;
  }

  /**
   * Listens.
   *
   * @param setting what says at which port, for whoever finds it taken
   * @throws IllegalStateException when it cannot
   */
  public static Listener start(
      Listen listen, String setting, Rules rules, Consumer<RoutesConfig> routes) {
    var javalin = Javalin.create(config -> configure(config, rules, routes));
    try {
      javalin.start(listen.host(), listen.port());
      return new Listener(listen, javalin);
    } catch (JavalinBindException e) {
      throw new IllegalStateException(
          "the control plane cannot listen on "
              + listen
              + ", as the port is in use or not allowed, or the address is none of this machine; stop"
              + " what uses it, or set "
              + setting
              + " to another port (0 takes any free one)",
          e);
    }
  }

  private static void configure(JavalinConfig config, Rules rules, Consumer<RoutesConfig> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.asyncTimeout = PATIENCE_MILLIS;
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_MILLIS);
    config.jetty.modifyServer(new FrontDoor(rules)::installIn);
    config.jetty.modifyHttpConfiguration(FrontDoor::takeAnyName);
    config.jetty.modifyServletContextHandler(
        servlets -> servlets.getServletHandler().setDecodeAmbiguousURIs(true));
    routes.accept(config.routes);
  }

  public URI url() {
    return listen.url(javalin.port());
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
