package dev.neonstack.controlplane.port;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where endpoints run: processes of this machine, or pods. The core calls it for one endpoint at a
 * time, for several endpoints in parallel. A failure is a {@link Problem}, whose message the user
 * reads; it must not hold passwords or verifiers.
 */
public interface ComputeRuntime {

  /** What this runtime can do: unless it says more, one read-write endpoint per branch. */
  default Capabilities capabilities() {
    return new Capabilities(true, false, false);
  }

  /**
   * What Postgres of this major version says against these settings; empty when it starts with
   * them, or when this runtime cannot tell before the start. Touches nothing that runs.
   */
  default Optional<String> objection(int pgVersion, Map<String, String> settings) {
    return Optional.empty();
  }

  /**
   * Starts Postgres and returns when it accepts connections where the spec says. Idempotent: one
   * that runs there already goes on.
   */
  void start(ComputeSpec spec);

  /**
   * Makes the changes in the running Postgres of a branch, one after the other, and tells what it
   * has then. What Postgres refuses ends it with its reason; what was done before stays.
   */
  Inventory change(TenantId project, TimelineId branch, List<AccountChange> changes);

  /** Stops Postgres and returns when it is gone. Idempotent. */
  void stop(String endpointId);

  /** Stops a Postgres of the branch that an earlier process left running. Idempotent. */
  void stopLeftOver(TenantId project, TimelineId branch);

  /** Whether Postgres of this endpoint is running. Quick: it is asked with every listing. */
  boolean isRunning(String endpointId);

  /** The last line that Postgres of this endpoint wrote to its log, where it can be read. */
  default Optional<String> lastWords(String endpointId) {
    return Optional.empty();
  }

  /**
   * What a runtime can do.
   *
   * @param computes whether it can run any endpoint; where it cannot, none is ever recorded
   * @param readOnlyEndpoints whether it can run endpoints that only read
   * @param pooler whether it can put a connection pooler in front
   */
  record Capabilities(boolean computes, boolean readOnlyEndpoints, boolean pooler) {}
}
