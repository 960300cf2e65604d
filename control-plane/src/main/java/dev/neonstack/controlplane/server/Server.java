package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.controlplane.sql.Database;
import dev.neonstack.controlplane.sql.PostgresDatabase;
import dev.neonstack.controlplane.sql.PostgresUrl;
import dev.neonstack.controlplane.storage.NeonStorage;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: a control plane that alone has the catalog in its folder, or one that shares a
 * database with others.
 */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Part part;

  private Server(Part part) {
    this.part = part;
  }

  /** What answers clients. */
  interface Part extends AutoCloseable {
    /** Where it listens now. */
    URI url();

    /** Where other servers of the cluster are answered, while clients are served. */
    URI internalUrl();

    /** Why nobody is served, or storage cannot be used, now; empty when it answers. */
    CompletableFuture<Optional<String>> obstacle();

    @Override
    void close();
  }

  /**
   * Listens. Neither storage nor a database need answer yet.
   *
   * @throws IllegalStateException when the catalog's folder cannot be written, another server has
   *     the catalog in it, or nothing can listen there
   */
  static Server start(ServerSettings settings) {
    var storage = new NeonStorage(new StorageAccess(settings.storage()));
    LOG.info("Storage is at {}", settings.storage().url());
    return new Server(
        settings
            .catalog()
            .urlFile()
            .<Part>map(file -> Turns.start(settings, database(file), storage))
            .orElseGet(() -> Alone.start(settings, storage)));
  }

  /** Its address may change with the password in it. */
  private static Database database(Path urlFile) {
    return new PostgresDatabase(
        () -> {
          try {
            return PostgresUrl.parse(SecretFile.content(urlFile));
          } catch (IllegalArgumentException e) {
            throw Problem.unavailable(
                "the address of the catalog in %s cannot be read: %s; mount it again"
                    .formatted(urlFile, e.getMessage()),
                e);
          }
        });
  }

  /** Why nobody is served, or storage cannot be used, now. Known within seconds. */
  CompletableFuture<Optional<String>> storageObstacle() {
    return part.obstacle();
  }

  URI internalUrl() {
    return part.internalUrl();
  }

  URI url() {
    return part.url();
  }

  /** Ends what is at work; all that was answered is in the catalog. */
  @Override
  public void close() {
    LOG.info("Ending");
    part.close();
  }
}
