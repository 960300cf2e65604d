package dev.neonstack.controlplane;

import dev.neonstack.controlplane.compute.LocalPorts;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.file.FileCatalog;
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

/** A control plane on one machine: the core, its catalog file and its REST. */
public final class ControlPlane implements AutoCloseable {
  private final Core core;
  private final RestServer server;

  private ControlPlane(Core core, RestServer server) {
    this.core = core;
    this.server = server;
  }

  /**
   * Listens, and starts in the background what shall run.
   *
   * @param storage where the storage API is
   * @throws IllegalStateException when the port is taken
   */
  public static ControlPlane start(
      ControlPlaneConfig config, ComputeRuntime runtime, StorageOptions storage) {
    return start(config, new NeonStorage(new StorageClient(storage)), runtime);
  }

  /**
   * As above, over another storage.
   *
   * @throws IllegalStateException when the port is taken
   */
  public static ControlPlane start(
      ControlPlaneConfig config, Storage storage, ComputeRuntime runtime) {
    var core =
        new Core(
            new Core.Ports(new FileCatalog(config.catalogFile()), storage, runtime),
            new LocalPorts(config.firstPostgresPort()),
            config.startParallelism(),
            Clock.systemUTC());
    try {
      var server = RestServer.start(core, config.apiKey(), config.listen());
      core.resume(config.sweepInterval());
      return new ControlPlane(core, server);
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
  }
}
