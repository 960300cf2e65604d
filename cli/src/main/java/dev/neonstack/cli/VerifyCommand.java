package dev.neonstack.cli;

import dev.neonstack.cli.Check.Verdict;
import dev.neonstack.kube.Cluster;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks whether Neon works in the cluster of a stack; ends with 1 when something does not. */
@Command(name = "verify", description = "Look whether Neon works in the cluster of a stack.")
public final class VerifyCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = {"-s", "--stack"},
      required = true,
      paramLabel = "STACK")
  private String stack;

  @Option(names = "--read-only", description = "Make no branch.")
  private boolean readOnly;

  VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var settings = StackSettings.of(surroundings.environment(), stack);
    var cluster = Cluster.of(settings.cluster(), surroundings.environment());
    try (var neon = new NeonInCluster(cluster, settings.namespace())) {
      // The branch comes first, so that what it does to the object store is seen.
      var branch =
          readOnly
              ? Stream.<Check>of()
              : ClusterChecks.guarded("branch", () -> Stream.of(new ScratchBranch(neon).check()));
      var made = branch.toList();
      var checks =
          Stream.of(
                  new ClusterChecks(neon).all(),
                  ClusterChecks.guarded("tokens", () -> new TokenChecks(neon).all()),
                  made.stream())
              .flatMap(part -> part)
              .toList();
      surroundings.out().print(Check.table(checks));
      return checks.stream().anyMatch(check -> check.verdict() == Verdict.PROBLEM) ? 1 : 0;
    }
  }
}
