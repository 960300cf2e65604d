package dev.neonstack.components.neon.kube;

import com.pulumi.kubernetes.core.v1.inputs.ExecActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;

/**
 * Probes with time-outs: a pageserver without its storage controller accepts connections and never
 * answers.
 */
public final class Probes {
  private static final int TIMEOUT_SECONDS = 5;
  private static final int PERIOD_SECONDS = 10;

  private Probes() {}

  /** Gives a start this many seconds before the container is started anew. */
  public static ProbeArgs startup(String path, int port, int seconds) {
    return http(path, port)
        .periodSeconds(PERIOD_SECONDS)
        .failureThreshold(Math.max(1, seconds / PERIOD_SECONDS))
        .build();
  }

  /** Starts the container anew after a minute without an answer. */
  public static ProbeArgs liveness(String path, int port) {
    return http(path, port).periodSeconds(PERIOD_SECONDS).failureThreshold(6).build();
  }

  /** Takes the pod out of its Services after 15 seconds without an answer. */
  public static ProbeArgs readiness(String path, int port) {
    return http(path, port).periodSeconds(5).failureThreshold(3).build();
  }

  /** Asks a command in the container instead. */
  public static ProbeArgs command(int failures, String... command) {
    return ProbeArgs.builder()
        .exec(ExecActionArgs.builder().command(command).build())
        .timeoutSeconds(TIMEOUT_SECONDS)
        .periodSeconds(PERIOD_SECONDS)
        .failureThreshold(failures)
        .build();
  }

  private static ProbeArgs.Builder http(String path, int port) {
    return ProbeArgs.builder()
        .httpGet(HTTPGetActionArgs.builder().path(path).port(port).build())
        .timeoutSeconds(TIMEOUT_SECONDS);
  }
}
