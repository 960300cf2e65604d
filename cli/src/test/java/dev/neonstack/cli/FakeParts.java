package dev.neonstack.cli;

import dev.neonstack.controlplane.ControlPlane;
import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.controlplane.sql.SqlCatalog;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.serve.LocalKeys;
import dev.neonstack.local.serve.LocalPorts;
import dev.neonstack.local.serve.LocalServer;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The real control plane over a storage nobody asks and servers that only have a name. */
public final class FakeParts implements LocalServer.Parts {

  static final URI STORAGE = URI.create("http://127.0.0.1:1");

  private final Set<String> servers = ConcurrentHashMap.newKeySet();
  private volatile Optional<String> refusal = Optional.empty();

  /** Why no endpoint starts from now on; empty lets them start. */
  public void refuse(Optional<String> reason) {
    refusal = reason;
  }

  /** The endpoints that run. */
  public Set<String> servers() {
    return servers;
  }

  @Override
  public LocalServer.StoragePart storage(LocalPaths paths, LocalPorts ports, LocalKeys keys) {
    return new LocalServer.StoragePart() {
      @Override
      public URI url() {
        return STORAGE;
      }

      @Override
      public void drain() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public LocalServer.Part controlPlane(LocalPaths paths, LocalPorts ports, LocalKeys keys) {
    var started =
        ControlPlane.start(
            ControlPlaneConfig.of(0, keys.apiKey(), 0),
            SqlCatalog.inFolder(paths.dataDir()),
            new StorageOptions(STORAGE, Dialect.PAGESERVER, Optional.empty(), Optional.empty()),
            new NamesOnly());
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

  private final class NamesOnly implements ComputeRuntime {
    private final Map<TimelineId, Map<String, AccountChange>> accounts = new HashMap<>();

    @Override
    public void start(ComputeSpec spec) {
      refusal.ifPresent(
          reason -> {
            throw Problem.unavailable(reason, null);
          });
      servers.add(spec.endpointId());
    }

    @Override
    public synchronized Inventory change(
        TenantId project, TimelineId branch, List<AccountChange> changes) {
      for (var change : changes) {
        var kept = accounts.computeIfAbsent(branch, id -> new LinkedHashMap<>());
        var key = (change.ofRole() ? "role " : "database ") + change.name();
        if (change.drops()) {
          kept.remove(key);
        } else {
          kept.put(key, change);
        }
      }
      var held = accounts.getOrDefault(branch, Map.of()).values();
      return new Inventory(
          held.stream()
              .filter(AccountChange::ofRole)
              .map(role -> new Inventory.Role(role.name(), role.value(), role.value().isPresent()))
              .toList(),
          held.stream()
              .filter(change -> !change.ofRole())
              .map(
                  database ->
                      new Inventory.Database(database.name(), database.value().orElseThrow()))
              .toList());
    }

    @Override
    public void stopLeftOver(TenantId project, TimelineId branch) {}

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
