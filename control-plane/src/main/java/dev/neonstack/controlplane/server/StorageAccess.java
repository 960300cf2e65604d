package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The client of storage, and another one as soon as the files hold something else. */
public final class StorageAccess implements Supplier<StorageClient> {
  private final Place place;
  private Read read;
  private StorageClient client;

  /**
   * Where storage is.
   *
   * @param url its address
   * @param dialect who answers there
   * @param tokenFile the token that is sent; none when there is no file
   * @param caFile certificates it is trusted by; absent: the machine's
   */
  public record Place(URI url, Dialect dialect, Optional<Path> tokenFile, Optional<Path> caFile) {
    private List<Path> files() {
      return Stream.of(tokenFile, caFile).flatMap(Optional::stream).toList();
    }

    private Read read() {
      return new Read(tokenFile.map(SecretFile::read), caFile.map(SecretFile::content));
    }

    private StorageClient client(Read read) {
      return new StorageClient(new StorageOptions(url, dialect, read.token(), caFile));
    }
  }

  /** What the files held. */
  private record Read(Optional<String> token, Optional<String> certificates) {
    @Override
    public String toString() {
      return "Read[hidden]";
    }
  }

  /**
   * Access with what the files hold now.
   *
   * @throws IllegalArgumentException when the token or the certificates cannot be used
   */
  public StorageAccess(Place place) {
    this.place = place;
    this.read = place.read();
    this.client = place.client(read);
  }

  /**
   * The client for the next call.
   *
   * @throws Problem when a file can no longer be read
   */
  @Override
  public synchronized StorageClient get() {
    try {
      var now = place.read();
      if (!now.equals(read)) {
        client = place.client(now);
        read = now;
      }
      return client;
    } catch (IllegalArgumentException e) {
      throw Problem.unavailable(
          "storage cannot be called: of the files %s one is not as it was at the start: %s; mount it again"
              .formatted(place.files(), e.getMessage()),
          e);
    }
  }
}
