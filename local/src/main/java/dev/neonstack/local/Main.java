package dev.neonstack.local;

import dev.neonstack.local.cli.DoctorCommand;
import dev.neonstack.local.cli.DownCommand;
import dev.neonstack.local.cli.PsqlSettingsCommand;
import dev.neonstack.local.cli.ResetCommand;
import dev.neonstack.local.cli.StartCommand;
import dev.neonstack.local.cli.StatusCommand;
import dev.neonstack.local.cli.TableCommand;
import dev.neonstack.local.serve.ServeCommand;
import dev.neonstack.local.serve.TrainCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind libexec/local. */
@Command(
    name = "neonstack",
    subcommands = {
      ServeCommand.class,
      StartCommand.class,
      StatusCommand.class,
      TableCommand.class,
      PsqlSettingsCommand.class,
      DoctorCommand.class,
      DownCommand.class,
      ResetCommand.class,
      TrainCommand.class,
    })
public final class Main {

  private static final int FAILED = 1;

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  private static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setStopAtPositional(false)
        .setExecutionExceptionHandler(
            (problem, commandLine, parsed) -> {
              commandLine.getErr().println("error: " + sentence(problem));
              return FAILED;
            });
  }

  private static String sentence(Exception problem) {
    return Optional.ofNullable(problem.getMessage())
        .filter(message -> !message.isBlank())
        .orElseGet(problem::toString);
  }
}
