package dev.neonstack.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.neonstack.review.Preview;
import dev.neonstack.review.policy.Policies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what breaks a rule in the resources of a preview; ends with 1 when anything does. */
@Command(name = "policy", description = "What breaks a rule in a stack.")
public final class PolicyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = {"-s", "--stack"},
      required = true,
      paramLabel = "STACK")
  private String stack;

  @Option(names = "--preview", required = true, paramLabel = "FILE")
  private Path preview;

  PolicyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    var profile =
        StackSettings.profile(surroundings.environment(), stack, LocalDate.now(Clock.systemUTC()));
    var declared = Preview.read(JsonMapper.builder().build().readTree(preview.toFile())).after();
    var violations = Policies.check(declared, profile);
    violations.forEach(surroundings.out()::println);
    var asked =
        Policies.rules().stream()
            .filter(rule -> profile.production() || !rule.productionOnly())
            .count();
    surroundings.out().printf("%d violation(s) of %d rules%n", violations.size(), asked);
    return violations.isEmpty() ? 0 : 1;
  }
}
