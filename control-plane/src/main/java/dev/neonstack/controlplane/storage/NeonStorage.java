package dev.neonstack.controlplane.storage;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.neonstack.controlplane.port.LsnRange;
import dev.neonstack.controlplane.port.Storage;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.LsnAtTime;
import dev.neonstack.neon.TenantConfig;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineCreate;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import dev.neonstack.neon.storage.DeleteAnswer;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.neon.storage.StorageException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Neon's storage API. What may succeed later, and what has an unknown outcome, is repeated with the
 * same call: every call here can be, as ids and positions are always sent.
 */
public final class NeonStorage implements Storage {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Supplier<StorageClient> client;
  private final RetryPolicy<Object> retries =
      RetryPolicy.builder()
          .handleIf(NeonStorage::mayBeRepeated)
          .withBackoff(5, 2_000, ChronoUnit.MILLIS)
          .withJitter(0.2)
          .withMaxAttempts(-1)
          .withMaxDuration(PATIENCE)
          .build();

  /** Storage behind this client. */
  public NeonStorage(StorageClient client) {
    this(() -> client);
  }

  /** Storage behind a client that is asked for at every call, as its token may be another one. */
  public NeonStorage(Supplier<StorageClient> client) {
    this.client = client;
  }

  @Override
  public void probe() {
    try {
      client.get().probe();
    } catch (StorageException e) {
      throw problem(e);
    }
  }

  @Override
  public void createProject(TenantId project, Duration historyRetention) {
    run(() -> client.get().createTenant(project, keeping(historyRetention)));
  }

  @Override
  public void changeProject(TenantId project, Duration historyRetention) {
    run(() -> client.get().updateTenant(project, keeping(historyRetention)));
  }

  @Override
  public void deleteProject(TenantId project) {
    run(() -> client.get().deleteTenant(project));
  }

  @Override
  public void createRoot(TenantId project, TimelineId id, int pgVersion) {
    run(() -> client.get().createTimeline(project, new TimelineCreate.Bootstrap(id, pgVersion)));
  }

  @Override
  public void createBranch(TenantId project, TimelineId id, TimelineId parent, Lsn at) {
    run(() -> client.get().createTimeline(project, new TimelineCreate.Branch(id, parent, at)));
  }

  @Override
  public LsnRange range(TenantId project, TimelineId branch) {
    var found =
        get(() -> client.get().timeline(project, branch)).orElseThrow(() -> missing(branch));
    var lowest =
        found
            .ancestorLsn()
            .filter(start -> start.isAfter(found.minReadableLsn()))
            .orElse(found.minReadableLsn());
    return new LsnRange(lowest, found.lastRecordLsn());
  }

  @Override
  public LsnAtTime lsnAt(TenantId project, TimelineId branch, Instant time) {
    return get(() -> client.get().lsnByTimestamp(project, branch, time));
  }

  /** Lists first: a storage controller destroys the WAL of a parent even when it refuses. */
  @Override
  public void deleteBranch(TenantId project, TimelineId branch) {
    var all = get(() -> client.get().timelines(project));
    var children =
        all.timelines().stream()
                .filter(other -> other.ancestorTimelineId().equals(Optional.of(branch)))
                .count()
            + all.offloaded().stream()
                .filter(other -> other.ancestorTimelineId().equals(Optional.of(branch)))
                .count();
    if (children > 0) {
      throw Problem.refused(
          "branch %s has %d child branches in storage; delete them first"
              .formatted(branch, children));
    }
    run(() -> deleteOnce(project, branch));
  }

  private void deleteOnce(TenantId project, TimelineId branch) {
    if (client.get().deleteTimeline(project, branch) != DeleteAnswer.GONE) {
      throw new Unfinished();
    }
  }

  private static TenantConfig keeping(Duration historyRetention) {
    return new TenantConfig(Optional.of(historyRetention));
  }

  private static Problem missing(TimelineId branch) {
    return Problem.notFound("BRANCH", "branch " + branch + " is not in storage, or is archived");
  }

  private void run(Runnable call) {
    get(
        () -> {
          call.run();
          return Optional.<TimelineInfo>empty();
        });
  }

  private <T> T get(Supplier<T> call) {
    try {
      return Failsafe.with(retries).get(call::get);
    } catch (StorageException e) {
      throw problem(e);
    } catch (Unfinished e) {
      throw Problem.unavailable(
          "storage has not finished deleting after %d s; repeat later"
              .formatted(PATIENCE.toSeconds()),
          e);
    }
  }

  private static boolean mayBeRepeated(Throwable failure) {
    return failure instanceof Unfinished
        || (failure instanceof StorageException storage
            && (storage.kind() == Kind.RETRY || storage.kind() == Kind.UNKNOWN_OUTCOME));
  }

  private static Problem problem(StorageException e) {
    return switch (e.kind()) {
      case RETRY, UNKNOWN_OUTCOME -> Problem.unavailable(e.getMessage(), e);
      case CONFLICT -> Problem.conflict(e.getMessage());
      case REFUSED -> Problem.refused(e.getMessage());
      case GONE -> Problem.notFound("PROJECT", e.getMessage());
      case UNAUTHORISED, WRONG_ANSWER, FAILED -> Problem.failed(e.getMessage(), e);
    };
  }

  /** A deletion that storage has accepted and not finished. */
  private static final class Unfinished extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
