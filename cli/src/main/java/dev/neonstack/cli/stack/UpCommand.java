package dev.neonstack.cli.stack;

import dev.neonstack.cli.Surroundings;
import dev.neonstack.review.Change;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Preview;
import dev.neonstack.review.plan.Plan;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes what the configuration of a stack says. */
@Command(name = "up", description = "Make what the stack's configuration says.")
public final class UpCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private StackOptions options;

  /** A command of these surroundings. */
  public UpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var run = StackRun.begin(surroundings, options);
    var preview = run.previewUp();
    while (!Plan.isEmpty(preview)) {
      var plan = run.show(preview);
      if (!run.agree("up", plan, options.stack().equals("local"))) {
        return 1;
      }
      var again = run.asks() ? run.previewUp() : preview;
      var same = changes(again).equals(changes(preview));
      preview = again;
      if (same) {
        return end(preview, run.up(preview));
      }
      surroundings.err().println("neonstack: it is another change by now:");
    }
    return end(preview, run.isSettled() ? preview.after() : run.up(preview));
  }

  private Integer end(Preview preview, List<Declared> there) {
    if (!options.local()) {
      surroundings.out().println("The stack is as its configuration says.");
      return 0;
    }
    return new LocalEnd(surroundings).show(there, preview.order(), options.showSecrets());
  }

  private static List<String> changes(Preview preview) {
    return preview.changes().stream()
        .filter(change -> change.kind() != Change.Kind.KEEP)
        .map(change -> change.kind() + " " + change.resource() + " " + change.properties())
        .sorted()
        .toList();
  }
}
