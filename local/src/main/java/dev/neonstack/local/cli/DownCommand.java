package dev.neonstack.local.cli;

import dev.neonstack.neon.local.LocalProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the local process and keeps its data. */
@Command(name = "down", description = "Stop the local process; all data is kept.")
public final class DownCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    var ran = LocalProcess.ofEnvironment(System.getenv()).stop();
    System.out.println(
        ran
            ? "The local process has stopped; all data is kept. ./neonstack up starts it again."
            : "The local process was not running.");
    return 0;
  }
}
