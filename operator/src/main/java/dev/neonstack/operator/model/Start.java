package dev.neonstack.operator.model;

import dev.neonstack.operator.api.NeonCompute;
import java.util.Locale;
import java.util.UUID;

/**
 * One start of a compute.
 *
 * @param operation its id
 * @param pgVersion major version of PostgreSQL
 */
public record Start(UUID operation, int pgVersion) {
  private static final int SHORT = 8;

  /** How compute_ctl names itself in this start, and in no other. */
  public String computeId(NeonCompute compute) {
    return compute.getMetadata().getName()
        + "."
        + operation.toString().substring(0, SHORT).toLowerCase(Locale.ROOT);
  }
}
