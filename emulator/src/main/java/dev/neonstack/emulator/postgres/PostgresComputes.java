package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.Compute;
import dev.neonstack.emulator.ComputeRequest;
import dev.neonstack.emulator.Computes;
import dev.neonstack.emulator.TimelineLookup;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Runs servers on timelines. What runs is read from the data directories, so that servers of an
 * earlier process are found again.
 */
final class PostgresComputes implements Computes {
  private final Branches branches;
  private final TimelineLookup lookup;
  private final Materialiser materialiser;
  private final Rehearsal rehearsal;
  private final ServerKit kit;
  private final Semaphore starts =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  PostgresComputes(
      Branches branches,
      TimelineLookup lookup,
      Materialiser materialiser,
      Rehearsal rehearsal,
      ServerKit kit) {
    this.branches = branches;
    this.lookup = lookup;
    this.materialiser = materialiser;
    this.rehearsal = rehearsal;
    this.kit = kit;
  }

  @Override
  public Optional<String> objection(int pgVersion, Map<String, String> settings) {
    return rehearsal.objection(pgVersion, settings);
  }

  @Override
  public Compute start(ComputeRequest request) {
    var timeline =
        lookup
            .find(request.tenant(), request.timeline())
            .orElseThrow(
                () -> new ComputeFailed("branch " + request.timeline() + " does not exist"));
    var branch = branches.of(request.tenant(), request.timeline());
    branch.lock().lock();
    try {
      starts.acquireUninterruptibly();
      try {
        return start(request, timeline, branch);
      } finally {
        starts.release();
      }
    } catch (IOException e) {
      throw DiskFull.isMeantBy(e.getMessage())
          ? DiskFull.whileDoing("start PostgreSQL", branch.files().root(), e)
          : new ComputeFailed("cannot start PostgreSQL: " + e.getMessage(), e);
    } finally {
      branch.lock().unlock();
    }
  }

  private Compute start(ComputeRequest request, TimelineMeta timeline, Branch branch)
      throws IOException {
    var files = branch.files();
    var running = PostgresServer.settled(files);
    if (running.isPresent() && !files.live().isLaunchedAs(request)) {
      // A process that was ended between writing new settings down and the restart.
      PostgresServer.stop(files);
      running = Optional.empty();
    }
    if (running.isEmpty()) {
      requireProvedOrAbsent(files);
      if (!files.isMaterialised()) {
        materialise(timeline, files);
      }
      running = Optional.of(recover(request, timeline, files));
    }
    requireProved(timeline, files);
    return compute(running.get());
  }

  /** Starts a server; one that needed more than was asked for in recovery is started anew after. */
  private Postmaster recover(ComputeRequest request, TimelineMeta timeline, BranchDirectory files)
      throws IOException {
    var server = kit.server(files, timeline.pgVersion());
    files.live().setLaunchedAs(request);
    if (files.live().isSubscribed()) {
      server.unsubscribe(files.live().startable(request.settings()));
      requireProved(timeline, files);
      files.live().setUnsubscribed();
    }
    var settings = files.live().startable(request.settings());
    var recovered = startOrForget(server, request, settings, files);
    if (settings.equals(Capacity.NONE.raise(request.settings())) || files.live().hasPrepared()) {
      return recovered;
    }
    requireProved(timeline, files);
    PostgresServer.stop(files);
    return startOrForget(server, request, files.live().startable(request.settings()), files);
  }

  /** A directory whose first recovery never ended may be torn by a power cut: it is made again. */
  private static void requireProvedOrAbsent(BranchDirectory files) throws IOException {
    if (files.isMaterialised() && !files.live().prove()) {
      Trees.delete(files.live().root());
    }
  }

  private void materialise(TimelineMeta timeline, BranchDirectory files) {
    var using = branches.historyOf(timeline.tenant()).readLock();
    using.lock();
    try {
      materialiser.materialise(timeline, files);
    } finally {
      using.unlock();
    }
  }

  private static Postmaster startOrForget(
      PostgresServer server,
      ComputeRequest request,
      Map<String, String> settings,
      BranchDirectory files)
      throws IOException {
    try {
      return server.start(request.port(), settings, request.logical());
    } catch (RuntimeException e) {
      PostgresServer.kill(files);
      requireProvedOrAbsent(files);
      throw e;
    }
  }

  private static void requireProved(TimelineMeta timeline, BranchDirectory files)
      throws IOException {
    if (!files.live().prove()) {
      PostgresServer.kill(files);
      var origin = files.live().origin();
      Trees.delete(files.live().root());
      throw new ComputeFailed(
          "the recovery of branch "
              + timeline.id()
              + " did not end at "
              + origin.start()
              + "; nothing of it was kept, the log is "
              + files.log());
    }
  }

  private static Compute compute(Postmaster server) {
    return new Compute(server.port(), server.pid(), Templates.ADMIN);
  }

  @Override
  public void stop(TenantId tenant, TimelineId timeline) {
    var branch = branches.of(tenant, timeline);
    branch.lock().lock();
    try {
      if (PostgresServer.running(branch.files()).isPresent()) {
        PostgresServer.stop(branch.files());
        Bases.takeIfWorthwhile(branch.files());
      }
    } finally {
      branch.lock().unlock();
    }
  }

  @Override
  public Optional<String> lastWords(TenantId tenant, TimelineId timeline) {
    return ServerLog.lastLine(branches.of(tenant, timeline).files().log());
  }

  @Override
  public Optional<Compute> running(TenantId tenant, TimelineId timeline) {
    return PostgresServer.running(branches.of(tenant, timeline).files())
        .filter(Postmaster::ready)
        .map(PostgresComputes::compute);
  }
}
