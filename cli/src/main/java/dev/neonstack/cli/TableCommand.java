package dev.neonstack.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the branches with their connection strings. */
@Command(name = "table", description = "Branches with their connection strings.")
public final class TableCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  TableCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Option(names = "--show-secrets", description = "Show passwords.")
  private boolean showSecrets;

  @Override
  public Integer call() {
    var services = surroundings.local().find();
    if (services.isEmpty()) {
      surroundings.out().println("The local process is not running; ./neonstack up starts it.");
      return 0;
    }
    var branches = new Branches(services.get());
    surroundings
        .out()
        .print(
            new BranchTable(branches, StackSettings.localBranches(surroundings.environment()))
                .of(branches.all(), showSecrets));
    return 0;
  }
}
