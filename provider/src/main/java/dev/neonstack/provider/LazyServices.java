package dev.neonstack.provider;

import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.local.LocalProcess;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageOptions;
import dev.neonstack.provider.resource.Services;
import java.util.Optional;
import java.util.function.Supplier;

/** The services of the settings; the local process is found, or started, by the first call. */
final class LazyServices implements Services {
  private final Settings settings;
  private final Supplier<LocalProcess> local;
  private Clients clients;

  private record Clients(StorageClient storage, Optional<ControlPlaneClient> controlPlane) {}

  LazyServices(Settings settings, Supplier<LocalProcess> local) {
    this.settings = settings;
    this.local = local;
  }

  @Override
  public StorageClient storage() {
    return clients().storage();
  }

  @Override
  public Optional<ControlPlaneClient> controlPlane() {
    return clients().controlPlane();
  }

  @Override
  public synchronized boolean areUp() {
    return clients != null || settings.storage().isPresent() || local.get().find().isPresent();
  }

  private synchronized Clients clients() {
    if (clients == null) {
      clients = settings.storage().map(this::remote).orElseGet(this::local);
    }
    return clients;
  }

  private Clients remote(StorageOptions storage) {
    return new Clients(
        new StorageClient(storage), settings.controlPlane().map(ControlPlaneClient::new));
  }

  private Clients local() {
    var found = local.get().findOrStart();
    var storage =
        new StorageOptions(
            found.storageUrl(), Dialect.PAGESERVER, Optional.empty(), Optional.empty());
    var controlPlane =
        new ControlPlaneOptions(
            found.controlPlaneUrl(), Optional.of(found.apiKey()), Optional.empty());
    return new Clients(
        new StorageClient(storage), Optional.of(new ControlPlaneClient(controlPlane)));
  }
}
