package dev.neonstack.controlplane.operation;

import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.compute.Computes;
import dev.neonstack.controlplane.compute.LocalPorts;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.Storage;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * What the services of the core share.
 *
 * @param store what exists
 * @param storage Neon's storage
 * @param runtime where endpoints run
 * @param computes what runs
 * @param ports where endpoints may listen
 * @param workers threads for calls of storage
 * @param clock what time it is
 */
public record Tools(
    Store store,
    Storage storage,
    ComputeRuntime runtime,
    Computes computes,
    LocalPorts ports,
    Executor workers,
    Clock clock) {

  public Instant now() {
    return clock.instant();
  }
}
