package dev.neonstack.cli;

import static java.util.Objects.requireNonNull;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcess;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command sees of the world.
 *
 * @param environment the variables it was called with
 * @param out where its answer goes
 * @param err where it says what went wrong
 */
public record Surroundings(Map<String, String> environment, PrintStream out, PrintStream err) {

  /** Keeps its own copy of the variables. */
  public Surroundings {
    environment = Map.copyOf(environment);
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
  }

  /** Those of this process. */
  public static Surroundings ofThisProcess() {
    return new Surroundings(System.getenv(), System.out, System.err);
  }

  LocalPaths paths() {
    return LocalPaths.fromEnvironment(environment);
  }

  LocalProcess local() {
    return LocalProcess.ofEnvironment(environment);
  }
}
