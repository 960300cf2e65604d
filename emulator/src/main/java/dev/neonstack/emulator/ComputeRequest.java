package dev.neonstack.emulator;

import static java.util.Objects.requireNonNull;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.Map;

/**
 * Which timeline to run a server on, and how.
 *
 * @param port where it listens on 127.0.0.1
 * @param settings PostgreSQL settings by name
 * @param logical whether changes can be decoded from its WAL
 */
public record ComputeRequest(
    TenantId tenant, TimelineId timeline, int port, Map<String, String> settings, boolean logical) {

  public ComputeRequest {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(timeline, "timeline is null");
    settings = Map.copyOf(settings);
  }
}
