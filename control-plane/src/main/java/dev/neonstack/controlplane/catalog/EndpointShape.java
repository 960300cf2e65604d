package dev.neonstack.controlplane.catalog;

import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.problem.Names;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.SettingRules;
import dev.neonstack.neon.controlplane.EndpointType;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an endpoint is like.
 *
 * @param type whether it may write
 * @param name a label for people
 * @param minCu smallest size in compute units
 * @param maxCu largest size in compute units
 * @param suspendTimeoutSeconds idle time until it sleeps: 0 the default, -1 never
 * @param pooler whether a connection pooler stands in front
 * @param pgSettings settings of PostgreSQL, by name
 */
public record EndpointShape(
    EndpointType type,
    Optional<String> name,
    double minCu,
    double maxCu,
    long suspendTimeoutSeconds,
    boolean pooler,
    Map<String, String> pgSettings) {
  /** The smallest size, when none is given. */
  public static final double DEFAULT_MIN_CU = 0.25;

  /** The largest size, when none is given. */
  public static final double DEFAULT_MAX_CU = 2;

  /** The largest size there can be. */
  public static final double LARGEST_CU = 64;

  /** The longest idle time until an endpoint sleeps. */
  public static final long LONGEST_SUSPEND_SECONDS = 604_800;

  /** The read-write endpoint of a project with these defaults. */
  public static EndpointShape of(EndpointDefaults defaults) {
    return new EndpointShape(
        EndpointType.READ_WRITE,
        Optional.empty(),
        defaults.minCu(),
        defaults.maxCu(),
        defaults.suspendTimeoutSeconds(),
        false,
        defaults.pgSettings());
  }

  /** Keeps its own copy of the settings. */
  public EndpointShape {
    pgSettings = Map.copyOf(pgSettings);
  }

  /** Refuses what no endpoint can be, or none of this runtime. */
  public EndpointShape check(ComputeRuntime.Capabilities can) {
    if (!can.computes()) {
      throw Problem.refused(
          "endpoints are not available on this control plane, which runs no computes; leave them"
              + " out: projects, branches, roles and databases work without");
    }
    name.ifPresent(Names::endpoint);
    if (minCu < DEFAULT_MIN_CU || maxCu > LARGEST_CU || minCu > maxCu) {
      throw Problem.invalid(
          "endpoint size is %s to %s compute units; expected %s <= min <= max <= %s"
              .formatted(minCu, maxCu, DEFAULT_MIN_CU, LARGEST_CU));
    }
    if (suspendTimeoutSeconds < -1 || suspendTimeoutSeconds > LONGEST_SUSPEND_SECONDS) {
      throw Problem.invalid(
          "suspend_timeout_seconds is %d; expected -1 (never), 0 (default) or up to %d"
              .formatted(suspendTimeoutSeconds, LONGEST_SUSPEND_SECONDS));
    }
    if (type == EndpointType.READ_ONLY && !can.readOnlyEndpoints()) {
      throw Problem.refused(
          "read-only endpoints are not available on this runtime; use the branch's read-write"
              + " endpoint, or make a branch for the reads");
    }
    if (pooler && !can.pooler()) {
      throw Problem.refused(
          "a connection pooler is not available on this runtime; set pooler_enabled to false");
    }
    var objections = SettingRules.objections(pgSettings);
    if (!objections.isEmpty()) {
      throw Problem.refused(
          objections.stream()
              .map(objection -> "pg_settings." + objection)
              .collect(Collectors.joining("; ")));
    }
    return this;
  }
}
