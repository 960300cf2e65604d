package dev.neonstack.emulator.meta;

import dev.neonstack.emulator.BootstrapFailed;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.meta.CreateRequest.Bootstrap;
import dev.neonstack.emulator.meta.CreateRequest.Branch;
import dev.neonstack.emulator.meta.TimelineRow.Phase;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes timelines. Every call may be repeated, and a repeat tells the truth about the first. */
public final class Creation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Creation.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long CLOSE_SECONDS = 10;

  private final Registry registry;
  private final TimelineData data;
  private final Duration waitLsnTimeout;
  private final ExecutorService bootstraps = Executors.newCachedThreadPool(Creation::thread);
  private final CompletableFuture<Void> closing = new CompletableFuture<>();
  private final Perils perils;

  public Creation(Registry registry, TimelineData data, Duration waitLsnTimeout, Perils perils) {
    this.registry = registry;
    this.data = data;
    this.waitLsnTimeout = waitLsnTimeout;
    this.perils = perils;
  }

  /** Makes the timeline, or finds that an equal request has made it. */
  public TimelineRow create(TenantId tenant, CreateRequest request) {
    if (closing.isDone()) {
      throw ApiError.unavailable("Shutting down");
    }
    var found = registry.attached(tenant);
    return request instanceof Branch branch
        ? watched(found, branch)
        : bootstrap(found, (Bootstrap) request);
  }

  /** Makes nothing any more and gives up what it is making. */
  public void refuse() {
    closing.complete(null);
  }

  /** Waits until nothing is left of what was given up; the next start removes what does not end. */
  @Override
  public void close() {
    refuse();
    bootstraps.shutdown();
    try {
      if (!bootstraps.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("initdb goes on after {} s and is left to the next start", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "storage-bootstrap");
    thread.setDaemon(true);
    return thread;
  }

  private TimelineRow watched(Tenant tenant, Branch request) {
    perils.creationBegins(tenant.id(), request.ancestor());
    try {
      return branch(tenant, request);
    } finally {
      perils.creationEnds(tenant.id(), request.ancestor());
    }
  }

  private TimelineRow bootstrap(Tenant tenant, Bootstrap request) {
    synchronized (tenant) {
      awaitBranch(tenant, request.id());
      var made = replayed(tenant, request.id(), row -> madeBy(row, request));
      if (made.isPresent()) {
        return made.get();
      }
      tenant.beginCreating(request.id(), Optional.empty());
    }
    return outcome(tenant, request);
  }

  /** Either the timeline is made or it is given up: whoever says so first decides. */
  private TimelineRow outcome(Tenant tenant, Bootstrap request) {
    var decided = new AtomicBoolean();
    var made =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return initdb(tenant, request, decided);
              } finally {
                tenant.endCreating(request.id());
              }
            },
            bootstraps);
    try {
      CompletableFuture.anyOf(made, closing).join();
      if (!made.isDone() && decided.compareAndSet(false, true)) {
        throw givenUp();
      }
      return made.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static ApiError givenUp() {
    return ApiError.unavailable("Tenant shutting down");
  }

  private TimelineRow initdb(Tenant tenant, Bootstrap request, AtomicBoolean decided) {
    var begun = TimelineRow.bootstrapping(tenant.id(), request.id(), request.pgVersion());
    registry.save(begun);
    try {
      var ready =
          begun.bootstrapped(data.bootstrap(tenant.id(), request.id(), request.pgVersion()));
      if (!decided.compareAndSet(false, true)) {
        throw givenUp();
      }
      registry.save(ready);
      tenant.put(ready);
      return ready;
    } catch (RuntimeException e) {
      undo(begun);
      throw e instanceof BootstrapFailed ? ApiError.internal("run initdb: " + e.getMessage()) : e;
    }
  }

  /** What cannot be undone now is undone at the next start, where the row says so. */
  private void undo(TimelineRow begun) {
    try {
      data.delete(begun.tenant(), begun.id());
      registry.forget(begun.tenant(), begun.id());
    } catch (RuntimeException e) {
      LOG.warn("Timeline {}/{}: left to the next start", begun.tenant(), begun.id(), e);
    }
  }

  private TimelineRow branch(Tenant tenant, Branch request) {
    var wanted = request.start().map(Lsn::aligned);
    var ancestor = usable(tenant, request.ancestor());
    wanted.ifPresent(lsn -> requireOwnHistory(ancestor, lsn));
    wanted.ifPresent(lsn -> awaitHead(tenant, ancestor, lsn));
    var start = wanted.orElseGet(() -> data.lastRecordLsn(ancestor.meta()));
    TimelineRow row;
    synchronized (tenant) {
      awaitBranch(tenant, request.id());
      var now = usable(tenant, request.ancestor());
      var link = new Link(now.id(), start);
      var made =
          replayed(tenant, request.id(), had -> had.ancestor().filter(link::equals).isPresent());
      if (made.isPresent()) {
        return made.get();
      }
      requireReadable(tenant, now, start);
      row = now.branch(request.id(), start, tenant.sourceOf(now, start));
      tenant.beginCreating(request.id(), Optional.of(row));
    }
    try {
      registry.save(row);
      tenant.put(row);
      return row;
    } finally {
      tenant.endCreating(request.id());
    }
  }

  private static void awaitBranch(Tenant tenant, TimelineId id) {
    try {
      tenant.awaitBranch(id);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static boolean madeBy(TimelineRow row, Bootstrap request) {
    return row.ancestor().isEmpty() && row.pgVersion() == request.pgVersion();
  }

  /** The timeline that an equal request made; another one's is a conflict. */
  private static Optional<TimelineRow> replayed(
      Tenant tenant, TimelineId id, Predicate<TimelineRow> equalRequest) {
    if (!tenant.attached()) {
      throw ApiError.notFound("tenant " + tenant.id());
    }
    if (tenant.isCreating(id)) {
      throw ApiError.plain(429, "creation of timeline with the given ID is in progress");
    }
    var existing = tenant.timeline(id);
    if (existing.isPresent() && existing.get().phase() == Phase.DELETING) {
      throw ApiError.unavailable("timeline " + id + " is being deleted");
    }
    if (existing.isPresent() && !(existing.get().listed() && equalRequest.test(existing.get()))) {
      throw ApiError.plain(409, "timeline already exists with different parameters");
    }
    return existing;
  }

  private static TimelineRow usable(Tenant tenant, TimelineId id) {
    var ancestor =
        tenant
            .listed(id)
            .filter(found -> found.phase() == Phase.ACTIVE)
            .orElseThrow(
                () ->
                    ApiError.internal(
                        "Cannot branch off the timeline that's not present in pageserver: Timeline "
                            + tenant.id()
                            + "/"
                            + id
                            + " was not found"));
    if (ancestor.archived()) {
      throw ApiError.plain(406, "ancestor timeline is archived");
    }
    return ancestor;
  }

  private static void requireOwnHistory(TimelineRow ancestor, Lsn start) {
    if (start.isBefore(ancestor.ancestorLsn())) {
      throw ApiError.plain(
          406,
          "invalid start lsn "
              + start
              + " for ancestor timeline "
              + ancestor.id()
              + ": less than timeline ancestor lsn "
              + ancestor.ancestorLsn());
    }
  }

  private static void requireReadable(Tenant tenant, TimelineRow ancestor, Lsn start) {
    var cutoff = ancestor.cutoff();
    if (start.isBefore(cutoff) && !tenant.leases().covers(ancestor.id(), start)) {
      throw ApiError.plain(
          406,
          "invalid branch start lsn: less than latest GC cutoff "
              + cutoff
              + ": LSN "
              + start
              + " is earlier than latest GC cutoff "
              + cutoff
              + " (we might've already garbage collected needed data)");
    }
  }

  private void awaitHead(Tenant tenant, TimelineRow ancestor, Lsn wanted) {
    var deadline = System.nanoTime() + waitLsnTimeout.toNanos();
    var head = data.lastRecordLsn(ancestor.meta());
    while (head.isBefore(wanted)) {
      if (closing.isDone() || !tenant.attached()) {
        throw givenUp();
      }
      if (System.nanoTime() >= deadline) {
        throw ApiError.plain(
            406,
            "Timed out while waiting for WAL record at LSN "
                + wanted
                + " to arrive, last_record_lsn "
                + head);
      }
      pause();
      head = data.lastRecordLsn(ancestor.meta());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static ApiError interrupted() {
    Thread.currentThread().interrupt();
    return ApiError.unavailable("Shutting down");
  }
}
