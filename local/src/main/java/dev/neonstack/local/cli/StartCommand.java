package dev.neonstack.local.cli;

import dev.neonstack.neon.local.LocalProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Sees to it that the local process runs. */
@Command(name = "start", description = "Start the local process unless it runs.")
public final class StartCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    LocalProcess.ofEnvironment(System.getenv()).findOrStart();
    return 0;
  }
}
