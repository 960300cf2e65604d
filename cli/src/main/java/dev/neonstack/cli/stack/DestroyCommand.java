package dev.neonstack.cli.stack;

import dev.neonstack.cli.Surroundings;
import dev.neonstack.review.plan.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes everything a stack made, data included. */
@Command(name = "destroy", description = "Remove everything the stack made, data included.")
public final class DestroyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private StackOptions options;

  /** A command of these surroundings. */
  public DestroyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var run = StackRun.begin(surroundings, options);
    var preview = run.previewDestroy();
    if (Plan.isEmpty(preview)) {
      surroundings.out().println("The stack has nothing to remove.");
      return 0;
    }
    var plan = run.show(preview);
    if (!run.agree("destroy", plan, false)) {
      return 1;
    }
    run.destroy(preview);
    surroundings.out().println("All of it is removed.");
    return 0;
  }
}
