package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.controlplane.sql.SqlCatalog;
import dev.neonstack.neon.file.FileLocks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A control plane that alone has the catalog in its folder. */
final class Alone implements Server.Part {
  private static final Logger LOG = LoggerFactory.getLogger(Alone.class);

  private final FileLocks.Held folder;
  private final Serving serving;

  private Alone(FileLocks.Held folder, Serving serving) {
    this.folder = folder;
    this.serving = serving;
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when the folder cannot be written, another server has it, or
   *     nothing can listen there
   */
  static Alone start(ServerSettings settings, Storage storage) {
    var folder = settings.catalog().folder().toAbsolutePath();
    var held = lock(folder);
    try {
      var started = Serving.start(settings, SqlCatalog.inFolder(folder), storage, () -> {});
      LOG.info(
          "Serving on {} and for other servers on {}, with the catalog in {}",
          started.url(),
          started.internalUrl(),
          folder);
      var unused = started.storageObstacle();
      return new Alone(held, started);
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private static FileLocks.Held lock(Path folder) {
    try {
      Files.createDirectories(folder);
      return FileLocks.tryAcquire(folder.resolve("catalog.lock"))
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "another control plane has the catalog in %s; end it first, or set %s to another folder"
                          .formatted(folder, Setting.CATALOG_FOLDER)));
    } catch (IOException e) {
      throw new IllegalStateException(
          "the folder of the catalog %s cannot be written (%s); make it writable for this user, or set %s to another folder"
              .formatted(folder, e, Setting.CATALOG_FOLDER),
          e);
    }
  }

  @Override
  public URI url() {
    return serving.url();
  }

  @Override
  public URI internalUrl() {
    return serving.internalUrl();
  }

  @Override
  public CompletableFuture<Optional<String>> obstacle() {
    return serving.storageObstacle();
  }

  @Override
  public void close() {
    serving.close();
    folder.close();
  }
}
