package dev.neonstack.controlplane;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a control plane on one machine.
 *
 * @param port where it listens on 127.0.0.1; 0 takes any free port
 * @param catalogFile where it keeps what exists, readable by its owner only
 * @param apiKey what clients must send as a bearer token; secret
 * @param firstPostgresPort the lowest port an endpoint may get; 0 takes any free port
 * @param sweepInterval how often it looks for expired branches
 * @param startParallelism how many endpoints it starts at once
 */
public record ControlPlaneConfig(
    int port,
    Path catalogFile,
    String apiKey,
    int firstPostgresPort,
    Duration sweepInterval,
    int startParallelism) {
  private static final int HIGHEST_PORT = 65_535;
  private static final int SHORTEST_KEY = 16;

  /** Checks the settings. */
  public ControlPlaneConfig {
    requireNonNull(catalogFile, "catalogFile is null");
    requirePort("port of the control plane", port);
    requirePort("first port of endpoints", firstPostgresPort);
    if (apiKey.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "API key has "
              + apiKey.length()
              + " characters; expected "
              + SHORTEST_KEY
              + " or more, so that it cannot be guessed");
    }
    if (sweepInterval.isZero() || sweepInterval.isNegative()) {
      throw new IllegalArgumentException(
          "sweep interval is " + sweepInterval + "; expected more than zero");
    }
    if (startParallelism < 1) {
      throw new IllegalArgumentException(
          "start parallelism is " + startParallelism + "; expected 1 or more");
    }
  }

  /**
   * Looks for expired branches every half minute and starts as many endpoints as there are cores.
   */
  public static ControlPlaneConfig of(
      int port, Path catalogFile, String apiKey, int firstPostgresPort) {
    return new ControlPlaneConfig(
        port,
        catalogFile,
        apiKey,
        firstPostgresPort,
        Duration.ofSeconds(30),
        Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  private static void requirePort(String what, int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(what + " is " + port + "; expected 0 to " + HIGHEST_PORT);
    }
  }

  @Override
  public String toString() {
    return "ControlPlaneConfig[port="
        + port
        + ", catalogFile="
        + catalogFile
        + ", apiKey=(hidden), firstPostgresPort="
        + firstPostgresPort
        + "]";
  }
}
