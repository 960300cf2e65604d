package dev.neonstack.emulator;

import dev.neonstack.emulator.http.Api;
import dev.neonstack.emulator.http.ApiServer;
import dev.neonstack.emulator.meta.Archival;
import dev.neonstack.emulator.meta.Collector;
import dev.neonstack.emulator.meta.Creation;
import dev.neonstack.emulator.meta.DurableMap;
import dev.neonstack.emulator.meta.Perils;
import dev.neonstack.emulator.meta.Registry;
import dev.neonstack.emulator.meta.Removal;
import dev.neonstack.emulator.meta.Tenancy;
import dev.neonstack.emulator.postgres.PostgresOptions;
import dev.neonstack.emulator.postgres.PostgresTimelineData;
import dev.neonstack.neon.file.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Neon's storage API on this machine; one process at a time serves a data directory. */
public final class Emulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Emulator.class);
  private static final int BACKGROUND_THREADS = 2;
  private static final long MAINTENANCE_MILLIS = 250;
  private static final long CLOSE_SECONDS = 10;

  private final DurableMap disk;
  private final ScheduledExecutorService background;
  private final Creation creation;
  private final ApiServer server;
  private final Optional<Computes> computes;

  private Emulator(
      DurableMap disk,
      ScheduledExecutorService background,
      Creation creation,
      ApiServer server,
      Optional<Computes> computes) {
    this.disk = disk;
    this.background = background;
    this.creation = creation;
    this.server = server;
    this.computes = computes;
  }

  /**
   * The emulator with PostgreSQL underneath.
   *
   * @throws IllegalStateException when the port is taken or the metadata is damaged
   */
  public static Emulator start(EmulatorConfig config) {
    var options =
        new PostgresOptions(
            config.dataDir(), config.cacheDir(), config.adminPasswordFile(), Optional.empty());
    var computes = new AtomicReference<Computes>();
    var emulator =
        start(
            config,
            lookup -> {
              var data = PostgresTimelineData.open(options, lookup);
              computes.set(data.computes());
              return data;
            });
    return new Emulator(
        emulator.disk,
        emulator.background,
        emulator.creation,
        emulator.server,
        Optional.of(computes.get()));
  }

  /**
   * Finishes what a crash has cut short, then listens.
   *
   * @param dataOver makes the data side, given what tells it which timelines exist
   * @throws IllegalStateException when the port is taken or the metadata is damaged
   */
  public static Emulator start(
      EmulatorConfig config, Function<TimelineLookup, TimelineData> dataOver) {
    makeDirectory(config);
    var disk = DurableMap.open(config.dataDir().resolve("metadata.log"));
    var background = Executors.newScheduledThreadPool(BACKGROUND_THREADS, Emulator::thread);
    try {
      var registry = new Registry(disk);
      var data = dataOver.apply(registry);
      var tenancy = new Tenancy(registry, data);
      var perils = new Perils();
      var creation = new Creation(registry, data, config.waitLsnTimeout(), perils);
      var removal = new Removal(registry, data, background, perils);
      var archival = new Archival(registry, config.offloadAfter());
      var collector = new Collector(registry, data);
      tenancy.resume();
      removal.resume();
      var server =
          new Api(registry, data, config)
              .server(tenancy, creation, removal, archival, collector, perils);
      server.start(config.port());
      repeat(background, archival::offloadDue);
      repeat(background, collector::collectDue);
      LOG.info("Storage API listens on {}", server.url());
      return new Emulator(disk, background, creation, server, Optional.empty());
    } catch (RuntimeException e) {
      background.shutdownNow();
      disk.close();
      throw e;
    }
  }

  /** The servers on the timelines; only with PostgreSQL underneath. */
  public Computes computes() {
    return computes.orElseThrow(() -> new IllegalStateException("this emulator has no PostgreSQL"));
  }

  public URI url() {
    return server.url();
  }

  /** Makes no more timelines and gives up those in the making; everything else is answered on. */
  public void drain() {
    creation.refuse();
  }

  /** Stops listening and stops what runs in the background; the next start goes on with it. */
  @Override
  public void close() {
    drain();
    server.close();
    creation.close();
    background.shutdownNow();
    try {
      if (!background.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Background work has not ended after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    disk.close();
  }

  private static void repeat(ScheduledExecutorService background, Runnable work) {
    var unused =
        background.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                LOG.warn("Maintenance failed, trying again", e);
              }
            },
            MAINTENANCE_MILLIS,
            MAINTENANCE_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "storage-background");
    thread.setDaemon(true);
    return thread;
  }

  private static void makeDirectory(EmulatorConfig config) {
    try {
      OwnerOnly.createDirectories(config.dataDir());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + config.dataDir(), e);
    }
  }
}
