package dev.neonstack.controlplane;

import static java.util.Objects.requireNonNull;

import dev.neonstack.controlplane.rest.Listen;
import java.time.Duration;

/**
 * Settings of a control plane.
 *
 * @param listen where it listens
 * @param apiKey what clients must send as a bearer token; secret
 * @param firstPostgresPort the lowest port an endpoint may get; 0 takes any free port
 * @param sweepInterval how often it looks for expired branches
 * @param startParallelism how many endpoints it starts at once
 */
public record ControlPlaneConfig(
    Listen listen,
    String apiKey,
    int firstPostgresPort,
    Duration sweepInterval,
    int startParallelism) {
  /** How many characters a key has at least. */
  public static final int SHORTEST_KEY = 16;

  private static final int HIGHEST_PORT = 65_535;

  /** Checks the settings. */
  public ControlPlaneConfig {
    requireNonNull(listen, "listen is null");
    if (firstPostgresPort < 0 || firstPostgresPort > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "first port of endpoints is " + firstPostgresPort + "; expected 0 to " + HIGHEST_PORT);
    }
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
   * Listens on 127.0.0.1, looks for expired branches every half minute and starts as many endpoints
   * as there are cores.
   */
  public static ControlPlaneConfig of(int port, String apiKey, int firstPostgresPort) {
    return new ControlPlaneConfig(
        new Listen(Listen.LOOPBACK, port),
        apiKey,
        firstPostgresPort,
        Duration.ofSeconds(30),
        Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public String toString() {
    return "ControlPlaneConfig[listen="
        + listen
        + ", apiKey=(hidden), firstPostgresPort="
        + firstPostgresPort
        + "]";
  }
}
