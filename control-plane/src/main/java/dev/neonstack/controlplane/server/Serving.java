package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.ControlPlane;
import dev.neonstack.controlplane.catalog.Catalog;
import dev.neonstack.controlplane.core.Core;
import dev.neonstack.controlplane.internal.InternalServer;
import dev.neonstack.controlplane.internal.Metrics;
import dev.neonstack.controlplane.port.Routes;
import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.controlplane.repair.SafekeeperRepair;
import dev.neonstack.controlplane.route.RouteKeeper;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** All that a server does while it has the catalog. */
final class Serving implements AutoCloseable {
  private final ControlPlane controlPlane;
  private final InternalServer internal;
  private final Rounds rounds;

  private Serving(ControlPlane controlPlane, InternalServer internal, Rounds rounds) {
    this.controlPlane = controlPlane;
    this.internal = internal;
    this.rounds = rounds;
  }

  /**
   * Reads the catalog, and listens.
   *
   * @param catalog is closed with it, and when it does not start
   * @param beforeListening is called when the catalog is read and nothing listens yet
   * @throws IllegalStateException when nothing can listen there
   */
  static Serving start(
      ServerSettings settings, Catalog catalog, Storage storage, Runnable beforeListening) {
    var ports = new Core.Ports(catalog, storage, new NoComputes());
    var controlPlane = ControlPlane.start(settings.controlPlane(), ports, beforeListening);
    try {
      var metrics = new Metrics();
      var routes = new RouteKeeper(Routes.NONE);
      var behind = new InternalServer.Behind(controlPlane.core(), routes);
      var internal = InternalServer.start(settings.internal(), behind, metrics);
      var repair = new SafekeeperRepair(settings.safekeepers()::clients, metrics);
      return new Serving(controlPlane, internal, Rounds.start(routes::compare, repair::round));
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  URI url() {
    return controlPlane.url();
  }

  URI internalUrl() {
    return internal.url();
  }

  /** Why storage cannot be used now; empty when it answers. Known within seconds. */
  CompletableFuture<Optional<String>> storageObstacle() {
    return controlPlane.storageObstacle();
  }

  /** Ends what is at work; all that was answered is in the catalog. */
  @Override
  public void close() {
    rounds.close();
    internal.close();
    controlPlane.close();
  }
}
