package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.ControlPlaneConfig;
import dev.neonstack.controlplane.internal.InternalServer;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.SafekeeperClient;
import dev.neonstack.neon.storage.StorageOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a server is told.
 *
 * @param storage where storage is
 * @param catalog where it keeps what exists
 * @param controlPlane the settings of the control plane in front of it
 * @param internal what it tells the other servers of the cluster
 * @param safekeepers who is looked after
 */
record ServerSettings(
    StorageAccess.Place storage,
    CatalogPlace catalog,
    ControlPlaneConfig controlPlane,
    InternalServer.Settings internal,
    Safekeepers safekeepers) {

  /**
   * The safekeepers.
   *
   * @param urls of all of them; empty: nobody looks
   * @param tokenFile the token that they are shown
   */
  record Safekeepers(List<URI> urls, Optional<Path> tokenFile) {
    Safekeepers {
      urls = List.copyOf(urls);
    }

    /** With the token that is in the file now. */
    List<SafekeeperClient> clients() {
      var token = tokenFile.map(SecretFile::read);
      return urls.stream()
          .map(url -> new StorageOptions(url, Dialect.PAGESERVER, token, Optional.empty()))
          .map(SafekeeperClient::new)
          .toList();
    }
  }
}
