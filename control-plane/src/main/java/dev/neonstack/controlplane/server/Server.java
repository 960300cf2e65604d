package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.ControlPlane;
import dev.neonstack.controlplane.internal.InternalServer;
import dev.neonstack.controlplane.internal.Metrics;
import dev.neonstack.controlplane.port.Routes;
import dev.neonstack.controlplane.repair.SafekeeperRepair;
import dev.neonstack.controlplane.route.RouteKeeper;
import dev.neonstack.controlplane.storage.NeonStorage;
import dev.neonstack.neon.file.FileLocks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A control plane that alone has its catalog. */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final FileLocks.Held catalog;
  private final ControlPlane controlPlane;
  private final InternalServer internal;
  private final Rounds rounds;

  private Server(
      FileLocks.Held catalog, ControlPlane controlPlane, InternalServer internal, Rounds rounds) {
    this.catalog = catalog;
    this.controlPlane = controlPlane;
    this.internal = internal;
    this.rounds = rounds;
  }

  /**
   * Listens. Storage need not answer yet.
   *
   * @throws IllegalStateException when the catalog's folder cannot be written, another server has
   *     the catalog, or nothing can listen there
   */
  static Server start(ServerSettings settings) {
    var storage = new NeonStorage(new StorageAccess(settings.storage()));
    var catalog = lock(settings.controlPlane().catalogFile().toAbsolutePath());
    try {
      var started = ControlPlane.start(settings.controlPlane(), storage, new NoComputes());
      var metrics = new Metrics();
      var routes = new RouteKeeper(Routes.NONE);
      var internal = internal(settings, started, routes, metrics);
      LOG.info(
          "Serving on {} and for other servers on {}, with storage at {} and catalog {}",
          started.url(),
          internal.url(),
          settings.storage().url(),
          settings.controlPlane().catalogFile());
      var unused = started.storageObstacle();
      var repair = new SafekeeperRepair(settings.safekeepers()::clients, metrics);
      return new Server(catalog, started, internal, Rounds.start(routes::compare, repair::round));
    } catch (RuntimeException e) {
      catalog.close();
      throw e;
    }
  }

  private static InternalServer internal(
      ServerSettings settings, ControlPlane started, RouteKeeper routes, Metrics metrics) {
    try {
      return InternalServer.start(
          settings.internal(), new InternalServer.Behind(started.core(), routes), metrics);
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static FileLocks.Held lock(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return FileLocks.tryAcquire(file.resolveSibling(file.getFileName() + ".lock"))
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "another control plane has the catalog %s; end it first, or set %s to another file"
                          .formatted(file, Setting.CATALOG_FILE)));
    } catch (IOException e) {
      throw new IllegalStateException(
          "the folder of the catalog %s cannot be written (%s); make it writable for this user, or set %s to another file"
              .formatted(file, e, Setting.CATALOG_FILE),
          e);
    }
  }

  /** Why storage cannot be used now; empty when it answers. Known within seconds. */
  CompletableFuture<Optional<String>> storageObstacle() {
    return controlPlane.storageObstacle();
  }

  URI internalUrl() {
    return internal.url();
  }

  URI url() {
    return controlPlane.url();
  }

  /** Ends what is at work; all that was answered is in the catalog. */
  @Override
  public void close() {
    LOG.info("Ending");
    rounds.close();
    internal.close();
    controlPlane.close();
    catalog.close();
  }
}
