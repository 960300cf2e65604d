package dev.neonstack.emulator;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.Map;
import java.util.Optional;

/** The PostgreSQL servers that run on timelines; at most one on each. */
public interface Computes {

  /**
   * What PostgreSQL of this major version says against these settings; empty when it starts with
   * them. Touches no timeline.
   */
  Optional<String> objection(int pgVersion, Map<String, String> settings);

  /** Returns when the server accepts connections; one that runs already is returned as it is. */
  Compute start(ComputeRequest request);

  /** Stops the server in an orderly way; none running is no error. */
  void stop(TenantId tenant, TimelineId timeline);

  /** The last line of the log of the timeline's server. */
  Optional<String> lastWords(TenantId tenant, TimelineId timeline);

  Optional<Compute> running(TenantId tenant, TimelineId timeline);
}
