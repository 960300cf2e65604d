package dev.neonstack.cli;

import dev.neonstack.cli.Check.Verdict;
import dev.neonstack.cli.stack.StackLocks;
import dev.neonstack.kube.Cluster;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks for what is missing or broken on this machine; ends with 1 when something is. */
@Command(name = "doctor", description = "Look for what is missing or broken on this machine.")
public final class DoctorCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = {"-s", "--stack"},
      description = "Look at the cluster of this stack, too.",
      paramLabel = "STACK")
  private String stack;

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
                new Folders(surroundings.paths()).checks(),
                StackLocks.ofEnvironment(surroundings.environment(), surroundings.paths().dataDir())
                    .all()
                    .stream()
                    .map(DoctorCommand::locked),
                Stream.ofNullable(stack).flatMap(this::images),
                Stream.ofNullable(stack).flatMap(this::cluster))
            .flatMap(part -> part)
            .toList();
    surroundings.out().print(Check.table(checks));
    return checks.stream().anyMatch(check -> check.verdict() == Verdict.PROBLEM) ? 1 : 0;
  }

  private Stream<Check> images(String name) {
    return ClusterChecks.guarded(
        "images", () -> new PostgresImages(surroundings.environment(), name).checks());
  }

  private static Check locked(StackLocks.Lock lock) {
    var finding =
        "stack '%s' is locked by process %d on %s"
            .formatted(lock.stack(), lock.holder(), lock.host());
    return lock.stale()
        ? Check.problem(
            "stack lock",
            finding
                + ", which has ended; the next ./neonstack up lifts it, or delete "
                + lock.file())
        : Check.ok("stack lock", finding + "; if that has ended, delete " + lock.file());
  }

  private Stream<Check> cluster(String name) {
    return ClusterChecks.guarded(
        "cluster",
        () -> {
          var settings = StackSettings.of(surroundings.environment(), name);
          var cluster = Cluster.of(settings.cluster(), surroundings.environment());
          try (var neon = new NeonInCluster(cluster, settings.namespace())) {
            return new ClusterChecks(neon).all().toList().stream();
          }
        });
  }
}
