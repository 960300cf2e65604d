package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.Foreground;

/** The program of the image {@code control-plane}. */
public final class Main {
  private Main() {}

  /**
   * Serves until it is told to end. Ends with 1 when it cannot start and with 2 when a setting is
   * wrong.
   */
  public static void main(String[] arguments) {
    System.setProperty("logback.configurationFile", "logback-server.xml");
    var program = new Program(System.getenv(), System.out, System.err);
    System.exit(
        program.run(settings -> Foreground.serve(Server.start(settings)::close), arguments));
  }
}
