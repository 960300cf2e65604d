package dev.neonstack.local.cli;

import dev.neonstack.local.cli.Check.Verdict;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Looks for what is missing or broken on this machine; ends with 1 when something is. */
@Command(name = "doctor", description = "Look for what is missing or broken on this machine.")
public final class DoctorCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var checks =
        Stream.of(
                new Programs(surroundings).checks(),
                Stream.of(new PostgresPrograms(surroundings.paths()).check()),
                new ProcessAndPorts(surroundings).checks(),
                new Folders(surroundings.paths()).checks())
            .flatMap(part -> part)
            .toList();
    var table = new TextTable("CHECK", "", "FINDING");
    checks.forEach(check -> table.add(check.name(), word(check.verdict()), check.finding()));
    surroundings.out().print(table);
    return checks.stream().anyMatch(check -> check.verdict() == Verdict.PROBLEM) ? 1 : 0;
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case OK -> "ok";
      case WARNING -> "warning";
      case PROBLEM -> "problem";
    };
  }
}
