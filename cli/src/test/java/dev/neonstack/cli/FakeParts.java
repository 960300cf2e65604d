package dev.neonstack.cli;

import dev.neonstack.controlplane.ControlPlane;
import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.serve.LocalPorts;
import dev.neonstack.local.serve.LocalServer;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The real control plane over a storage nobody asks and servers that only have a name. */
final class FakeParts implements LocalServer.Parts {

  static final URI STORAGE = URI.create("http://127.0.0.1:1");

  private final Set<String> servers = ConcurrentHashMap.newKeySet();

  /** The endpoints that run. */
  Set<String> servers() {
    return servers;
  }

  @Override
  public LocalServer.Part storage(LocalPaths paths, LocalPorts ports) {
    return part(STORAGE, () -> {});
  }

  @Override
  public LocalServer.Part controlPlane(LocalPaths paths, LocalPorts ports, String apiKey) {
    var started =
        ControlPlane.start(
            ControlPlaneConfig.of(0, paths.dataDir().resolve("catalog.json"), apiKey, 0),
            new NamesOnly(),
            STORAGE);
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

  private final class NamesOnly implements ComputeRuntime {
    @Override
    public void start(ComputeSpec spec) {
      servers.add(spec.endpointId());
    }

    @Override
    public void apply(ComputeSpec spec) {
      servers.add(spec.endpointId());
    }

    @Override
    public void stop(String endpointId) {
      servers.remove(endpointId);
    }

    @Override
    public boolean isRunning(String endpointId) {
      return servers.contains(endpointId);
    }
  }
}
