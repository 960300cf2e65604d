package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.core.Problem;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The client of storage, and another one as soon as the file holds another token. */
final class StorageAccess implements Supplier<StorageClient> {
  private final Place place;
  private Optional<String> token;
  private StorageClient client;

  /**
   * Where storage is.
   *
   * @param url its address
   * @param dialect who answers there
   * @param tokenFile the token that is sent; none when there is no file
   * @param caFile certificates it is trusted by; absent: the machine's
   */
  record Place(URI url, Dialect dialect, Optional<Path> tokenFile, Optional<Path> caFile) {
    private Optional<String> token() {
      return tokenFile.map(SecretFile::read);
    }

    private StorageClient client(Optional<String> token) {
      return new StorageClient(new StorageOptions(url, dialect, token, caFile));
    }
  }

  /**
   * Access with the token that the file holds now.
   *
   * @throws IllegalArgumentException when the token or the certificates cannot be used
   */
  StorageAccess(Place place) {
    this.place = place;
    this.token = place.token();
    this.client = place.client(token);
  }

  /**
   * The client for the next call.
   *
   * @throws Problem when the token can no longer be read
   */
  @Override
  public synchronized StorageClient get() {
    var now = currentToken();
    if (!now.equals(token)) {
      client = place.client(now);
      token = now;
    }
    return client;
  }

  private Optional<String> currentToken() {
    try {
      return place.token();
    } catch (IllegalArgumentException e) {
      throw Problem.unavailable(
          "storage cannot be called: of the token's file '%s', %s; mount it again"
              .formatted(place.tokenFile().orElseThrow(), e.getMessage()),
          e);
    }
  }
}
