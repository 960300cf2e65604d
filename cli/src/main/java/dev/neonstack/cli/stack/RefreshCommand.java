package dev.neonstack.cli.stack;

import dev.neonstack.cli.Surroundings;
import dev.neonstack.review.plan.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Brings the state up to what is really there. It removes nothing but from the state; what the next
 * {@code up} would do then, that one shows.
 */
@Command(name = "refresh", description = "Compare the state with what is really there.")
public final class RefreshCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private StackOptions options;

  /** A command of these surroundings. */
  public RefreshCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var run = new StackRun(surroundings, options);
    run.prepare();
    var preview = run.previewRefresh();
    if (Plan.isEmpty(preview)) {
      run.refresh(preview);
      surroundings.out().println("The state is what is really there.");
      return 0;
    }
    surroundings
        .out()
        .println("Is otherwise than in the state (- is not there; the next up makes it again):");
    if (!run.agree("refresh", run.showDifferences(preview), true)) {
      return 1;
    }
    run.refresh(preview);
    surroundings.out().println("The state is up to date.");
    return 0;
  }
}
