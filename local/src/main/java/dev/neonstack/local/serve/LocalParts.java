package dev.neonstack.local.serve;

import dev.neonstack.controlplane.ControlPlane;
import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.emulator.Emulator;
import dev.neonstack.emulator.EmulatorConfig;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.compute.ProcessRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The emulator with PostgreSQL underneath, and the control plane that runs servers through it. */
final class LocalParts implements LocalServer.Parts {
  /** Whoever started the process may connect at once; with many endpoints, soon. */
  private static final Duration LONGEST_RESUME = Duration.ofMinutes(1);

  private Optional<Emulator> emulator = Optional.empty();

  @Override
  public LocalServer.Part storage(LocalPaths paths, LocalPorts ports) {
    var started =
        Emulator.start(
            EmulatorConfig.of(
                paths.dataDir().resolve("storage"),
                ports.storage(),
                paths.adminPasswordFile(),
                paths.cacheDir()));
    emulator = Optional.of(started);
    return part(started.url(), started::close);
  }

  @Override
  public LocalServer.Part controlPlane(LocalPaths paths, LocalPorts ports, String apiKey) {
    var storage = emulator.orElseThrow();
    var started =
        ControlPlane.start(
            ControlPlaneConfig.of(
                ports.controlPlane(),
                paths.dataDir().resolve("catalog.json"),
                apiKey,
                ports.firstPostgres()),
            new ProcessRuntime(storage.computes(), paths.adminPasswordFile()),
            storage.url());
    started.awaitResumed(LONGEST_RESUME);
    return part(started.url(), started::close);
  }

  private static LocalServer.Part part(URI url, Runnable close) {
    return new LocalServer.Part() {
      @Override
      public URI url() {
        return url;
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
