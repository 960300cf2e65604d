package dev.neonstack.cli.stack;

import dev.neonstack.cli.Surroundings;
import dev.neonstack.review.plan.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what {@code up} would do. */
@Command(name = "preview", description = "Show what up would do.")
public final class PreviewCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private StackOptions options;

  /** A command of these surroundings. */
  public PreviewCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var run = new StackRun(surroundings, options);
    run.prepare();
    var preview = run.previewUp();
    if (Plan.isEmpty(preview)) {
      surroundings.out().println("Nothing would change.");
    } else {
      run.show(preview);
    }
    return 0;
  }
}
