package dev.neonstack.provider;

import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageOptions;
import dev.neonstack.provider.resource.Patience;
import dev.neonstack.provider.resource.RefusedException;
import dev.neonstack.provider.resource.Services;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The services of the settings; the local process is found, or started, by the first call, and so
 * are the port-forwards into a cluster.
 */
final class LazyServices implements Services {
  private final Settings settings;
  private final Supplier<LocalProcess> local;
  private Clients clients;

  /**
   * How services are called.
   *
   * @param check throws when it is known that they cannot be reached now
   */
  record Clients(
      StorageClient storage, Optional<ControlPlaneClient> controlPlane, Runnable check) {}

  LazyServices(Settings settings, Supplier<LocalProcess> local) {
    this.settings = settings;
    this.local = local;
  }

  @Override
  public StorageClient storage() {
    return clients().storage();
  }

  private static void nothing() {}

  @Override
  public Optional<ControlPlaneClient> controlPlane() {
    return clients().controlPlane();
  }

  @Override
  public Services waiting(Patience patience) {
    if (settings.cluster().isEmpty()) {
      return this;
    }
    return new Services() {
      @Override
      public StorageClient storage() {
        return patience.settle("reaching storage", LazyServices.this::storage);
      }

      @Override
      public Optional<ControlPlaneClient> controlPlane() {
        return patience.settle("reaching the control plane", LazyServices.this::controlPlane);
      }

      @Override
      public boolean areUp() {
        return LazyServices.this.areUp();
      }
    };
  }

  @Override
  public synchronized boolean areUp() {
    return settings.isKnown()
        && (clients != null
            || settings.storage().isPresent()
            || settings.cluster().isPresent()
            || local.get().find().isPresent());
  }

  private synchronized Clients clients() {
    if (clients == null) {
      clients = found();
    }
    clients.check().run();
    return clients;
  }

  private Clients found() {
    if (!settings.isKnown()) {
      throw new RefusedException(
          "the settings of the provider are not known yet, as a resource they come from is not made;"
              + " run pulumi up, which makes it first");
    }
    if (settings.cluster().isPresent()) {
      return ClusterServices.open(settings.cluster().get(), settings.controlPlane());
    }
    return settings.storage().map(this::remote).orElseGet(this::local);
  }

  private Clients remote(StorageOptions storage) {
    return new Clients(
        new StorageClient(storage),
        settings.controlPlane().map(ControlPlaneClient::new),
        LazyServices::nothing);
  }

  private Clients local() {
    var found = local.get().findOrStart();
    var storage =
        new StorageOptions(
            found.storageUrl(), Dialect.PAGESERVER, found.storageToken(), Optional.empty());
    var controlPlane =
        new ControlPlaneOptions(
            found.controlPlaneUrl(), Optional.of(found.apiKey()), Optional.empty());
    return new Clients(
        new StorageClient(storage),
        Optional.of(new ControlPlaneClient(controlPlane)),
        LazyServices::nothing);
  }
}
