package dev.neonstack.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Sees to it that the local process runs. */
@Command(name = "start", description = "Start the local process unless it runs.")
public final class StartCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  StartCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.local().findOrStart();
    return 0;
  }
}
