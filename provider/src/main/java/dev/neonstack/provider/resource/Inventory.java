package dev.neonstack.provider.resource;

import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.Endpoint;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What there is in one project, as one look at each of its lists shows. What no list tells of is
 * taken to be there.
 */
public final class Inventory {
  static final String AGAIN =
      "To make it again, run pulumi refresh, then pulumi up (./neonstack refresh, ./neonstack up); to"
          + " give it up, take it out of the configuration";

  private final Optional<Set<TimelineId>> branches;
  private final Supplier<Map<TimelineId, RegisteredBranch>> registered;
  private final Supplier<Optional<Set<String>>> endpoints;

  private Inventory(
      Optional<Set<TimelineId>> branches,
      Supplier<Map<TimelineId, RegisteredBranch>> registered,
      Supplier<Optional<Set<String>>> endpoints) {
    this.branches = branches;
    this.registered = registered;
    this.endpoints = endpoints;
  }

  /**
   * What there is in a project.
   *
   * @param branches empty when the project does not exist
   * @param registered what the control plane knows of the branches; asked for at most once
   * @param endpoints the endpoints, when there is a control plane; asked for at most once
   */
  public static Inventory of(
      Optional<Set<TimelineId>> branches,
      Supplier<List<RegisteredBranch>> registered,
      Supplier<Optional<List<Endpoint>>> endpoints) {
    return new Inventory(
        branches,
        once(
            () ->
                registered.get().stream()
                    .collect(Collectors.toMap(RegisteredBranch::id, Function.identity()))),
        once(
            () ->
                endpoints
                    .get()
                    .map(all -> all.stream().map(Endpoint::id).collect(Collectors.toSet()))));
  }

  private static <T> Supplier<T> once(Supplier<T> supplier) {
    return new Supplier<>() {
      private Optional<T> got = Optional.empty();

      @Override
      public synchronized T get() {
        if (got.isEmpty()) {
          got = Optional.of(supplier.get());
        }
        return got.get();
      }
    };
  }

  boolean exists() {
    return branches.isPresent();
  }

  /** Of a project that is gone, the project alone is told of. */
  boolean hasBranch(TimelineId id) {
    return branches.map(all -> all.contains(id)).orElse(true);
  }

  boolean hasEndpoint(TimelineId branch, String id) {
    return !isThere(branch) || endpoints.get().map(all -> all.contains(id)).orElse(true);
  }

  boolean hasRole(TimelineId branch, String name) {
    return has(branch, RegisteredBranch::roles, name);
  }

  boolean hasDatabase(TimelineId branch, String name) {
    return has(branch, RegisteredBranch::databases, name);
  }

  private boolean has(
      TimelineId branch, Function<RegisteredBranch, Optional<List<String>>> names, String name) {
    return !isThere(branch)
        || Optional.ofNullable(registered.get().get(branch))
            .flatMap(names)
            .map(all -> all.contains(name))
            .orElse(true);
  }

  /** The resource that is registered as the one which made the branch. */
  Optional<String> owner(TimelineId branch) {
    return Optional.ofNullable(registered.get().get(branch)).flatMap(RegisteredBranch::owner);
  }

  /** What is gone with its branch is not told of one by one. */
  private boolean isThere(TimelineId branch) {
    return branches.map(all -> all.contains(branch)).orElse(false);
  }
}
