package dev.neonstack.controlplane;

import dev.neonstack.controlplane.catalog.Catalog;
import dev.neonstack.controlplane.compute.LocalPorts;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.controlplane.rest.RestServer;
import dev.neonstack.controlplane.storage.NeonStorage;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A control plane: the core, its catalog and its REST. */
public final class ControlPlane implements AutoCloseable {
  private final Catalog catalog;
  private final Core core;
  private final RestServer server;

  private ControlPlane(Catalog catalog, Core core, RestServer server) {
    this.catalog = catalog;
    this.core = core;
    this.server = server;
  }

  /**
   * Listens, and starts in the background what shall run.
   *
   * @param catalog is closed with the control plane, and when it does not start
   * @param storage where the storage API is
   * @throws IllegalStateException when the port is taken
   */
  public static ControlPlane start(
      ControlPlaneConfig config, Catalog catalog, StorageOptions storage, ComputeRuntime runtime) {
    return start(config, catalog, new NeonStorage(new StorageClient(storage)), runtime);
  }

  /**
   * As above, over another storage.
   *
   * @throws IllegalStateException when the port is taken
   */
  public static ControlPlane start(
      ControlPlaneConfig config, Catalog catalog, Storage storage, ComputeRuntime runtime) {
    return start(config, new Core.Ports(catalog, storage, runtime), () -> {});
  }

  /**
   * As above.
   *
   * @param beforeListening is called when the catalog is read and nothing listens yet
   * @throws IllegalStateException when the port is taken
   */
  public static ControlPlane start(
      ControlPlaneConfig config, Core.Ports ports, Runnable beforeListening) {
    try {
      var core =
          new Core(
              ports,
              new LocalPorts(config.firstPostgresPort()),
              config.startParallelism(),
              Clock.systemUTC());
      return start(config, ports.catalog(), core, beforeListening);
    } catch (RuntimeException e) {
      ports.catalog().close();
      throw e;
    }
  }

  private static ControlPlane start(
      ControlPlaneConfig config, Catalog catalog, Core core, Runnable beforeListening) {
    try {
      beforeListening.run();
      var server = RestServer.start(core, config.apiKey(), config.listen());
      core.resume(config.sweepInterval());
      return new ControlPlane(catalog, core, server);
    } catch (RuntimeException e) {
      core.close();
      throw e;
    }
  }

  /** Waits until every endpoint runs that shall, or could not be started; so long at most. */
  public void awaitResumed(Duration limit) {
    core.awaitResumed(limit);
  }

  /** Why storage cannot be used now; empty when it answers. Known within seconds. */
  public CompletableFuture<Optional<String>> storageObstacle() {
    return core.storageObstacle();
  }

  /** What is behind the API. */
  public Core core() {
    return core;
  }

  public URI url() {
    return server.url();
  }

  /** Stops listening and stops the endpoints that run; the next start starts them again. */
  @Override
  public void close() {
    server.close();
    core.close();
    catalog.close();
  }
}
