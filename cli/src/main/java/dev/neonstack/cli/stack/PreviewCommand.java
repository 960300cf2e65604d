package dev.neonstack.cli.stack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.neonstack.cli.Branches;
import dev.neonstack.cli.Surroundings;
import dev.neonstack.review.Preview;
import dev.neonstack.review.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what {@code up} would do. */
@Command(name = "preview", description = "Show what up would do.")
public final class PreviewCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Surroundings surroundings;

  @Mixin private StackOptions options;

  @Option(names = "--preview", paramLabel = "FILE", description = "One that is there already.")
  private Path document;

  /** A command of these surroundings. */
  public PreviewCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    var run = new StackRun(surroundings, options);
    var preview = document == null ? made(run) : Preview.read(JSON.readTree(document.toFile()));
    if (Plan.isEmpty(preview)) {
      surroundings.out().println("Nothing would change.");
    } else {
      run.show(preview);
    }
    if (options.local() && document == null) {
      new Missing(Branches.ofLocalProcess(surroundings))
          .of(preview)
          .ifPresent(words -> surroundings.err().println("warning: " + words));
    }
    return 0;
  }

  private static Preview made(StackRun run) {
    run.prepare();
    return run.previewUpToCome();
  }
}
