package dev.neonstack.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the local process and keeps its data. */
@Command(name = "down", description = "Stop the local process; all data is kept.")
public final class DownCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  DownCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var ran = surroundings.local().stop();
    surroundings
        .out()
        .println(
            ran
                ? "The local process has stopped; all data is kept. ./neonstack up starts it again."
                : "The local process was not running.");
    return 0;
  }
}
