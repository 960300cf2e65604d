package dev.neonstack.controlplane.server;

import dev.neonstack.controlplane.compute.Computes;
import dev.neonstack.controlplane.file.FormerCatalog;
import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.controlplane.sql.Database;
import dev.neonstack.controlplane.sql.Leadership;
import dev.neonstack.controlplane.sql.Lease;
import dev.neonstack.controlplane.sql.Schema;
import dev.neonstack.controlplane.sql.SqlCatalog;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control plane that shares its catalog with others, of which one is at work. While it leads it
 * serves; else it waits, not ready, and takes its turn as soon as nobody leads.
 */
final class Turns implements Server.Part {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  /** Who gives no sign of life for so long is taken for dead. */
  private static final Duration TERM = Duration.ofSeconds(3);

  private static final long LOOK_MILLIS = 250;

  private final ServerSettings settings;
  private final Database database;
  private final Storage storage;
  private final Leadership leadership;
  private final Thread thread = new Thread(this::work, "neonstack-turns");
  private final CompletableFuture<String> ending = new CompletableFuture<>();
  private Optional<Standby> standby = Optional.empty();
  private boolean prepared;
  private volatile URI url;
  private volatile Optional<Serving> serving = Optional.empty();
  private String said = "";

  private Turns(ServerSettings settings, Database database, Storage storage) {
    this.settings = settings;
    this.database = database;
    this.storage = storage;
    this.leadership = new Leadership(database, holder(), TERM);
  }

  /**
   * Listens, and serves as soon as it is its turn. The database need not answer yet.
   *
   * @throws IllegalStateException when nothing can listen there
   */
  static Turns start(ServerSettings settings, Database database, Storage storage) {
    var turns = new Turns(settings, database, storage);
    turns.standBy();
    turns.thread.start();
    return turns;
  }

  /** In Kubernetes the name of the pod. */
  private static String holder() {
    return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("a machine without a name")
        + ", process "
        + ProcessHandle.current().pid();
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public URI internalUrl() {
    return serving.map(Serving::internalUrl).orElse(url);
  }

  @Override
  public CompletableFuture<Optional<String>> obstacle() {
    return serving
        .map(Serving::storageObstacle)
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.of("it is not its turn")));
  }

  private void standBy() {
    standby = Optional.of(Standby.start(settings.controlPlane().listen()));
    url = standby.get().url();
  }

  private void endStandby() {
    standby.ifPresent(Standby::close);
    standby = Optional.empty();
  }

  private void work() {
    while (!ending.isDone()) {
      try {
        if (standby.isEmpty()) {
          standBy();
        }
        turn().ifPresent(this::serve);
      } catch (SQLException | RuntimeException e) {
        say("It cannot take its turn: " + Computes.messageOf(e));
      }
      pause();
    }
    endStandby();
    leadership.close();
  }

  private Optional<Long> turn() throws SQLException {
    if (!prepared) {
      Schema.prepare(database);
      prepared = true;
    }
    var epoch = leadership.take();
    if (epoch.isEmpty()) {
      say("Waiting, as another control plane leads: " + leadership.leader());
    }
    return epoch;
  }

  private void serve(long epoch) {
    try (var lease = new Lease(leadership, epoch, TERM)) {
      var former = new FormerCatalog(settings.catalog().folder().resolve("catalog.json"));
      var catalog = new SqlCatalog(database, leadership, epoch, Optional.of(former));
      var started = Serving.start(settings, catalog, storage, this::endStandby);
      url = started.url();
      serving = Optional.of(started);
      say("Serving on %s, with the catalog %s".formatted(url, database));
      var reason = CompletableFuture.anyOf(lease.lost(), ending).join();
      say("Ending to serve: " + reason);
      serving = Optional.empty();
      started.close();
    }
  }

  /** The same again is not said. */
  private void say(String what) {
    if (!said.equals(what)) {
      said = what;
      LOG.info("{}", what);
    }
  }

  private void pause() {
    try {
      ending.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException again) {
      // Looks again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what is at work, and lets another control plane lead at once. */
  @Override
  public void close() {
    ending.complete("it is told to");
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
