package dev.neonstack.local.serve;

import dev.neonstack.controlplane.ControlPlane;
import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.controlplane.sql.SqlCatalog;
import dev.neonstack.emulator.Emulator;
import dev.neonstack.emulator.EmulatorConfig;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.compute.ProcessRuntime;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The emulator with PostgreSQL underneath, and the control plane that runs servers through it. */
final class LocalParts implements LocalServer.Parts {
  /** Whoever started the process may connect at once; with many endpoints, soon. */
  private static final Duration LONGEST_RESUME = Duration.ofMinutes(1);

  private Optional<Emulator> emulator = Optional.empty();

  @Override
  public LocalServer.StoragePart storage(LocalPaths paths, LocalPorts ports, LocalKeys keys) {
    var started =
        Emulator.start(
            EmulatorConfig.of(
                    paths.dataDir().resolve("storage"),
                    ports.storage(),
                    paths.adminPasswordFile(),
                    paths.cacheDir())
                .withKey(keys.storageKey()));
    emulator = Optional.of(started);
    return new LocalServer.StoragePart() {
      @Override
      public URI url() {
        return started.url();
      }

      @Override
      public void drain() {
        started.drain();
      }

      @Override
      public void close() {
        started.close();
      }
    };
  }

  @Override
  public LocalServer.Part controlPlane(LocalPaths paths, LocalPorts ports, LocalKeys keys) {
    var storage = emulator.orElseThrow();
    var started =
        ControlPlane.start(
            ControlPlaneConfig.of(ports.controlPlane(), keys.apiKey(), ports.firstPostgres()),
            SqlCatalog.inFolder(paths.dataDir()),
            new StorageOptions(
                storage.url(),
                Dialect.PAGESERVER,
                Optional.of(keys.storageToken()),
                Optional.empty()),
            new ProcessRuntime(storage.computes(), paths.adminPasswordFile()));
    started.awaitResumed(LONGEST_RESUME);
    return new LocalServer.Part() {
      @Override
      public URI url() {
        return started.url();
      }

      @Override
      public void close() {
        started.close();
      }
    };
  }
}
