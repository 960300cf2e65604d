package dev.neonstack.local.serve;

import dev.neonstack.controlplane.Foreground;
import dev.neonstack.local.client.LocalPaths;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Serves until it is told to end. */
@Command(name = "serve", description = "Run the local process in the foreground.")
public final class ServeCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    var paths = LocalPaths.fromEnvironment(System.getenv());
    var ports = LocalPorts.fromEnvironment(System.getenv());
    System.setProperty("neonstack.log", paths.logFile().toString());
    System.setProperty("logback.configurationFile", "logback-serve.xml");
    var server = LocalServer.start(paths, ports, new LocalParts());
    var log = LoggerFactory.getLogger(ServeCommand.class);
    log.info("serving {}", server.state());
    Foreground.serve(
        () -> {
          log.info("ending");
          server.close();
        });
    return 0;
  }
}
