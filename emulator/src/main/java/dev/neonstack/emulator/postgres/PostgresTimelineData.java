package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.BootstrapFailed;
import dev.neonstack.emulator.Computes;
import dev.neonstack.emulator.LsnAt;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.TimelineLookup;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Timelines with real data: PostgreSQL data directories and their WAL. */
public final class PostgresTimelineData implements TimelineData {
  private final BranchDirectories directories;
  private final Branches branches;
  private final Templates templates;
  private final History.Finder histories;
  private final Retention retention;
  private final Moments moments;
  private final Computes computes;
  private final TimelineLookup lookup;

  /** A base never changes, and many branches that were not started yet go on from the same. */
  private final Map<Path, Long> sizesOfBases = new ConcurrentHashMap<>();

  private PostgresTimelineData(
      BranchDirectories directories,
      Templates templates,
      Rehearsal rehearsal,
      ServerKit kit,
      TimelineLookup lookup) {
    this.directories = directories;
    this.lookup = lookup;
    this.branches = new Branches(directories);
    this.templates = templates;
    this.histories = new History.Finder(directories, templates, lookup);
    this.retention = new Retention(lookup);
    this.moments = new Moments(branches, lookup);
    this.computes =
        new PostgresComputes(
            branches, lookup, new Materialiser(histories, kit.user()), rehearsal, kit);
  }

  /** Opens the data in a directory, which one process at a time may do. */
  public static PostgresTimelineData open(PostgresOptions options, TimelineLookup lookup) {
    return open(options, lookup, ServerUser::detect);
  }

  static PostgresTimelineData open(
      PostgresOptions options, TimelineLookup lookup, BiFunction<Path, Path, ServerUser> users) {
    try {
      Files.createDirectories(options.dataDirectory());
      Files.createDirectories(options.cacheDirectory());
      AdminPassword.ensure(options.adminPasswordFile());
      var root = options.dataDirectory().toRealPath();
      var directories = new BranchDirectories(root.resolve("tenants"));
      directories.removeLeftovers();
      var cache = options.cacheDirectory().toRealPath();
      var user = users.apply(root, cache);
      var binaries = new PostgresBinaries(cache, options.binariesDirectory());
      var templates =
          new Templates(root.resolve("templates"), binaries, user, options.adminPasswordFile());
      var rehearsal = new Rehearsal(root.resolve("rehearsals"), templates, binaries, user);
      rehearsal.removeLeftovers();
      var kit = new ServerKit(binaries, user, new ServerCertificate(root.resolve("tls")));
      return new PostgresTimelineData(directories, templates, rehearsal, kit, lookup);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + options.dataDirectory(), e);
    }
  }

  /** The servers on these timelines. */
  public Computes computes() {
    return computes;
  }

  @Override
  public Lsn bootstrap(TenantId tenant, TimelineId timeline, int pgVersion) {
    var files = directories.of(tenant, timeline);
    if (files.isMaterialised()) {
      throw new BootstrapFailed("branch " + timeline + " has data already in " + files.root());
    }
    var temporary = Trees.temporary(files.root());
    try {
      var template = templates.ofMajor(pgVersion);
      Trees.delete(files.root());
      try {
        Files.createDirectories(temporary);
        var name = new BranchDirectory(temporary).template();
        Files.writeString(name, template.directory().getFileName() + "\n");
        Trees.force(name);
        Trees.force(temporary);
        Trees.publish(temporary, files.root());
        Trees.force(directories.root());
      } finally {
        Trees.delete(temporary);
      }
      return template.initdbLsn();
    } catch (IOException | ComputeFailed | DiskFull e) {
      throw new BootstrapFailed(e.getMessage(), e);
    }
  }

  @Override
  public Lsn lastRecordLsn(TimelineMeta timeline) {
    return reading(timeline, () -> branch(timeline).head(timeline), timeline.startLsn());
  }

  @Override
  public LsnAt lsnAt(TimelineMeta timeline, Instant moment, Lsn lowerBound) {
    return reading(
        timeline,
        () -> moments.find(timeline, moment, lowerBound),
        new LsnAt(lowerBound, LsnAt.Kind.NODATA));
  }

  @Override
  public Optional<Instant> timeOf(TimelineMeta timeline, Lsn lsn) {
    return reading(
        timeline,
        () ->
            branch(timeline).files().isMaterialised()
                ? branch(timeline).commits().lastUntil(lsn).map(CommitIndex.Commit::time)
                : Optional.empty(),
        Optional.empty());
  }

  @Override
  public long logicalSize(TimelineMeta timeline) {
    return reading(
        timeline,
        () -> {
          var branch = branch(timeline);
          if (branch.files().isMaterialised()) {
            return branch.logicalSize(timeline);
          }
          return branch.inheritedSize(() -> sizeOfBase(timeline));
        },
        0L);
  }

  private long sizeOfBase(TimelineMeta timeline) throws IOException {
    var data = histories.of(timeline, timeline.startLsn()).base().data();
    var known = sizesOfBases.get(data);
    if (known != null) {
      return known;
    }
    var size = Trees.size(data.resolve("base")) + Trees.size(data.resolve("global"));
    sizesOfBases.put(data, size);
    return size;
  }

  @Override
  public long physicalSize(TimelineMeta timeline) {
    return reading(
        timeline,
        () -> {
          var branch = branch(timeline);
          return branch.files().isMaterialised() ? branch.physicalSize(timeline) : 0L;
        },
        0L);
  }

  @Override
  public void retain(TimelineMeta timeline, Lsn cutoff) {
    var dropping = branches.historyOf(timeline.tenant()).writeLock();
    dropping.lock();
    try {
      var branch = branch(timeline);
      if (retention.apply(timeline, branch.files(), cutoff)) {
        branch.walWasDropped();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot drop old data of branch " + timeline.id(), e);
    } finally {
      dropping.unlock();
    }
  }

  @Override
  public void delete(TenantId tenant, TimelineId timeline) {
    var branch = branches.of(tenant, timeline);
    branch.lock().lock();
    try {
      PostgresServer.kill(branch.files());
      Trees.delete(branch.files().root());
      branches.forget(tenant, timeline);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the data of branch " + timeline, e);
    } finally {
      branch.lock().unlock();
    }
  }

  @Override
  public void deleteTenant(TenantId tenant) {
    for (var path : Trees.list(directories.tenant(tenant))) {
      if (!Trees.isTemporary(path)) {
        delete(tenant, TimelineId.of(path.getFileName().toString()));
      }
    }
    try {
      Trees.delete(directories.tenant(tenant));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the data of project " + tenant, e);
    }
  }

  private Branch branch(TimelineMeta timeline) {
    return branches.of(timeline.tenant(), timeline.id());
  }

  interface Reading<T> {
    T read() throws IOException;
  }

  /** What is read while it is being deleted counts as empty, whatever the reading makes of it. */
  private <T> T reading(TimelineMeta timeline, Reading<T> reading, T empty) {
    try {
      return reading.read();
    } catch (IOException | RuntimeException e) {
      if (lookup.find(timeline.tenant(), timeline.id()).isEmpty()) {
        return empty;
      }
      throw e instanceof IOException cause ? new UncheckedIOException(cause) : (RuntimeException) e;
    }
  }
}
