package dev.neonstack.cli;

import dev.neonstack.cli.stack.DestroyCommand;
import dev.neonstack.cli.stack.PreviewCommand;
import dev.neonstack.cli.stack.RefreshCommand;
import dev.neonstack.cli.stack.UpCommand;
import dev.neonstack.local.serve.ServeCommand;
import dev.neonstack.local.serve.TrainCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * All commands behind libexec/local. What goes wrong is said in one sentence on the error stream.
 */
@Command(name = "neonstack")
public final class CommandLines {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final Surroundings surroundings;

  private CommandLines(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs one command and returns its exit code: 1 when it failed, 2 when it was called wrongly. */
  public static int run(Surroundings surroundings, String... args) {
    return new CommandLines(surroundings).commandLine().execute(args);
  }

  private CommandLine commandLine() {
    return new CommandLine(this)
        .addSubcommand(new StartCommand(surroundings))
        .addSubcommand(new UpCommand(surroundings))
        .addSubcommand(new PreviewCommand(surroundings))
        .addSubcommand(new RefreshCommand(surroundings))
        .addSubcommand(new DestroyCommand(surroundings))
        .addSubcommand(new StatusCommand(surroundings))
        .addSubcommand(new TableCommand(surroundings))
        .addSubcommand(new PsqlSettingsCommand(surroundings))
        .addSubcommand(new DoctorCommand(surroundings))
        .addSubcommand(new DownCommand(surroundings))
        .addSubcommand(new ResetCommand(surroundings))
        .addSubcommand(new VerifyCommand(surroundings))
        .addSubcommand(new RenderCommand(surroundings))
        .addSubcommand(new LockImagesCommand(surroundings))
        .addSubcommand(new CostCommand(surroundings))
        .addSubcommand(new PolicyCommand(surroundings))
        .addSubcommand(new ServeCommand())
        .addSubcommand(new TrainCommand())
        .setStopAtPositional(false)
        .setParameterExceptionHandler((problem, args) -> fail(misuse(problem), MISUSED))
        .setExecutionExceptionHandler(
            (problem, commandLine, parsed) -> fail(sentence(problem), FAILED));
  }

  private int fail(String sentence, int code) {
    surroundings.err().println("error: " + sentence);
    return code;
  }

  private static String misuse(ParameterException problem) {
    var command = problem.getCommandLine();
    var name = command.getCommandName();
    var said =
        problem instanceof UnmatchedArgumentException unmatched
            ? name + " does not know '" + String.join(" ", unmatched.getUnmatched()) + "'"
            : name + ": " + problem.getMessage();
    var arguments =
        command.getHelp().synopsis(0).strip().replaceFirst("^neonstack " + name, "").strip();
    return (said + "; usage: ./neonstack " + name + " " + arguments).strip();
  }

  private static String sentence(Exception problem) {
    return Optional.ofNullable(problem.getMessage())
        .filter(message -> !message.isBlank())
        .orElseGet(problem::toString);
  }
}
