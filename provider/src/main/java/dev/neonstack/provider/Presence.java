package dev.neonstack.provider;

import dev.neonstack.neon.OffloadedTimeline;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.provider.resource.Inventory;
import dev.neonstack.provider.resource.Services;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks once in a run at each project, so that what the engine has and is gone is noticed. A look
 * that fails says nothing, and is the last one: a preview needs no server.
 */
final class Presence {
  private static final int PATIENCE_SECONDS = 5;

  private final Services services;
  private final Map<TenantId, Optional<Inventory>> seen = new ConcurrentHashMap<>();
  private volatile boolean failed;

  Presence(Services services) {
    this.services = services;
  }

  /** What there is in the project, when that can be seen. */
  Optional<Inventory> of(TenantId project) {
    return seen.computeIfAbsent(project, this::look);
  }

  private Optional<Inventory> look(TenantId project) {
    return attempt(
            () -> services.areUp() ? Optional.of(inventory(project)) : Optional.<Inventory>empty())
        .flatMap(found -> found);
  }

  private Inventory inventory(TenantId project) {
    return Inventory.of(
        branches(project),
        () ->
            attempt(
                    () ->
                        services
                            .controlPlane()
                            .map(controlPlane -> controlPlane.branches(project))
                            .orElse(List.of()))
                .orElse(List.of()),
        () ->
            attempt(
                    () ->
                        services
                            .controlPlane()
                            .map(controlPlane -> controlPlane.endpoints(project)))
                .flatMap(found -> found));
  }

  private Optional<Set<TimelineId>> branches(TenantId project) {
    try {
      var list = services.storage().timelines(project);
      return Optional.of(
          Stream.concat(
                  list.timelines().stream().map(TimelineInfo::timelineId),
                  list.offloaded().stream().map(OffloadedTimeline::timelineId))
              .collect(Collectors.toSet()));
    } catch (StorageException e) {
      if (e.kind() == StorageException.Kind.GONE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> Optional<T> attempt(Supplier<T> look) {
    if (failed) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          CompletableFuture.supplyAsync(look).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    } catch (CompletionException e) {
      if (isGone(e.getCause())) {
        return Optional.empty();
      }
      DebugLog.write("cannot look at what there is", e);
      failed = true;
      return Optional.empty();
    }
  }

  /** The control plane knows nothing of a project that is not registered. */
  private static boolean isGone(Throwable failure) {
    return failure instanceof ControlPlaneException controlPlane
        && controlPlane.kind() == ControlPlaneException.Kind.NOT_FOUND;
  }
}
