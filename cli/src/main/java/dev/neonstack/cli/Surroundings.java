package dev.neonstack.cli;

import static java.util.Objects.requireNonNull;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcess;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command sees of the world.
 *
 * @param environment the variables it was called with
 * @param in where a person answers
 * @param out where its answer goes
 * @param err where it says what went wrong
 */
public record Surroundings(
    Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {

  /** Keeps its own copy of the variables. */
  public Surroundings {
    environment = Map.copyOf(environment);
    requireNonNull(in, "in is null");
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
  }

  /** Those of this process. */
  public static Surroundings ofThisProcess() {
    return new Surroundings(System.getenv(), System.in, System.out, System.err);
  }

  /** The folders it works on. */
  public LocalPaths paths() {
    return LocalPaths.fromEnvironment(environment);
  }

  /** The local process of these folders. */
  public LocalProcess local() {
    return LocalProcess.ofEnvironment(environment);
  }
}
