package dev.neonstack.controlplane.core;

import dev.neonstack.controlplane.account.Accounts;
import dev.neonstack.controlplane.account.Holdings;
import dev.neonstack.controlplane.branch.Branches;
import dev.neonstack.controlplane.catalog.Catalog;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.compute.Computes;
import dev.neonstack.controlplane.compute.LocalPorts;
import dev.neonstack.controlplane.endpoint.Endpoints;
import dev.neonstack.controlplane.lifetime.Intents;
import dev.neonstack.controlplane.operation.Operations;
import dev.neonstack.controlplane.operation.Tools;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.controlplane.project.Projects;
import dev.neonstack.controlplane.registration.Registrations;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control plane without its REST: the services and the threads they work on. */
public final class Core implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Core.class);
  private static final int STORAGE_THREADS = 16;
  private static final int PATIENCE_SECONDS = 30;
  private static final int REVIVE_MILLIS = 1_000;

  private final ThreadPoolExecutor starters;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final ScheduledExecutorService guard;
  private final Tools tools;
  private final Operations operations;
  private final Registrations registrations;
  private final Projects projects;
  private final Branches branches;
  private final Endpoints endpoints;
  private final Accounts accounts;
  private final Sweeper sweeper;
  private final StorageCheck storageCheck;

  /**
   * A core over these ports. Nothing happens by itself until {@link #resume}.
   *
   * @param ports where endpoints may listen
   * @param startParallelism how many endpoints are worked on at once
   */
  public Core(Ports ports, LocalPorts localPorts, int startParallelism, Clock clock) {
    this.starters = threads("neonstack-compute", startParallelism);
    this.workers = threads("neonstack-storage", STORAGE_THREADS);
    this.timer = Executors.newSingleThreadScheduledExecutor(named("neonstack-sweeper"));
    this.guard = Executors.newSingleThreadScheduledExecutor(named("neonstack-guard"));
    var store = new Store(ports.catalog());
    var holdings = new Holdings(store, ports.runtime(), clock);
    var computes = new Computes(store, ports.runtime(), starters, holdings, clock);
    this.tools =
        new Tools(store, ports.storage(), ports.runtime(), computes, localPorts, workers, clock);
    this.operations = new Operations(tools);
    var intents = new Intents(clock.instant());
    this.registrations = new Registrations(tools, intents);
    this.accounts = new Accounts(tools, operations, holdings);
    this.branches = new Branches(tools, operations, intents, accounts);
    this.endpoints = new Endpoints(tools, operations);
    this.projects = new Projects(tools, operations, branches, endpoints);
    this.sweeper = new Sweeper(tools, projects, branches);
    this.storageCheck = new StorageCheck(ports.storage());
  }

  /**
   * What the core stands on.
   *
   * @param catalog where it keeps what exists
   * @param storage Neon's storage
   * @param runtime where endpoints run
   */
  public record Ports(Catalog catalog, Storage storage, ComputeRuntime runtime) {}

  /** Starts what shall run, in the background, and looks for expired branches from time to time. */
  public void resume(Duration sweepInterval) {
    tools.computes().resume();
    operations.resume();
    var unused =
        timer.scheduleWithFixedDelay(
            this::sweep, 0, sweepInterval.toMillis(), TimeUnit.MILLISECONDS);
    var unusedToo =
        guard.scheduleWithFixedDelay(
            this::revive, REVIVE_MILLIS, REVIVE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Waits until every endpoint runs that shall, or could not be started; so long at most. */
  public void awaitResumed(Duration limit) {
    var unused =
        tools
            .computes()
            .whenAllResumed()
            .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
            .join();
  }

  private void sweep() {
    try {
      sweeper.sweep();
    } catch (RuntimeException e) {
      LOG.error("Looking for expired branches failed; it is tried again", e);
    }
  }

  private void revive() {
    try {
      tools.computes().revive();
    } catch (RuntimeException e) {
      LOG.error("Looking for servers that have ended failed; it is tried again", e);
    }
  }

  /** Everything that exists. */
  public Content content() {
    return tools.store().content();
  }

  public Operations operations() {
    return operations;
  }

  public Registrations registrations() {
    return registrations;
  }

  public Projects projects() {
    return projects;
  }

  public Branches branches() {
    return branches;
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  public Accounts accounts() {
    return accounts;
  }

  /** How many endpoints are being started after a restart. */
  public int resuming() {
    return tools.computes().resumingCount();
  }

  /** Why storage cannot be used now; empty when it answers. Known within seconds. */
  public CompletableFuture<Optional<String>> storageObstacle() {
    return storageCheck.obstacle();
  }

  /** Threads on which long work may wait. */
  public Executor workers() {
    return workers;
  }

  /** Ends what is at work and stops what runs, all at once; what is desired stays. */
  @Override
  public void close() {
    timer.shutdown();
    guard.shutdownNow();
    workers.shutdown();
    var atOnce = Math.max(STORAGE_THREADS, starters.getMaximumPoolSize());
    starters.setMaximumPoolSize(atOnce);
    starters.setCorePoolSize(atOnce);
    try {
      tools.computes().stopAll().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Not all endpoints could be stopped: {}", Computes.messageOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
    workers.shutdownNow();
    starters.shutdownNow();
  }

  private static ThreadPoolExecutor threads(String name, int count) {
    var pool =
        new ThreadPoolExecutor(
            count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory named(String name) {
    var number = new AtomicInteger();
    return work -> {
      var thread = new Thread(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
