package dev.neonstack.operator.storage;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Placement;
import dev.neonstack.neon.SafekeeperSet;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.operator.api.NeonComputeSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks for the timelines of computes. */
public final class Timelines {
  private final Supplier<StorageClient> storage;
  private final Dialect dialect;
  private final List<String> safekeepers;

  /**
   * Looks in a storage.
   *
   * @param storage a client for the next call
   * @param dialect who answers it: a storage controller knows where tenants are, a pageserver does
   *     not
   * @param safekeepers {@code host:port} of those of branches that no storage controller manages
   */
  public Timelines(Supplier<StorageClient> storage, Dialect dialect, List<String> safekeepers) {
    this.storage = storage;
    this.dialect = dialect;
    this.safekeepers = List.copyOf(safekeepers);
  }

  /** Asks storage; that takes as long as storage takes to answer. */
  public Finding find(NeonComputeSpec spec) {
    try {
      return find(
          storage.get(), TenantId.of(spec.tenantId()), TimelineId.of(spec.timelineId()), spec);
    } catch (StorageException e) {
      return Finding.against(obstacle(spec, e));
    } catch (Problem e) {
      return Finding.against(Obstacle.passing("StorageUnavailable", e.getMessage()));
    }
  }

  private Finding find(
      StorageClient client, TenantId tenant, TimelineId timeline, NeonComputeSpec spec) {
    var info = client.timeline(tenant, timeline);
    if (info.isEmpty()) {
      return Finding.against(missing(client, tenant, timeline));
    }
    if (info.get().archived()) {
      return Finding.against(archived(timeline));
    }
    var pageservers = pageservers(client, tenant, spec);
    if (pageservers.isEmpty()) {
      return Finding.against(
          Obstacle.lasting(
              "PageserverUnknown",
              "storage does not tell where tenants are; set spec.pageserver to host:port of the pageserver"));
    }
    var elsewhere = elsewhere(spec, pageservers.get());
    if (elsewhere.isPresent()) {
      return Finding.against(elsewhere.get());
    }
    var set =
        dialect == Dialect.CONTROLLER
            ? client.safekeepers(tenant, timeline)
            : Optional.<SafekeeperSet>empty();
    return Finding.of(
        new Finding.Found(
            info.get(), pageservers.get(), set.orElseGet(() -> new SafekeeperSet(0, safekeepers))));
  }

  private Optional<Placement> pageservers(
      StorageClient client, TenantId tenant, NeonComputeSpec spec) {
    if (dialect == Dialect.CONTROLLER) {
      return Optional.of(client.placement(tenant));
    }
    return Optional.ofNullable(spec.pageserver())
        .map(
            address -> {
              var colon = address.lastIndexOf(':');
              return Placement.at(
                  address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            });
  }

  private static Optional<Obstacle> elsewhere(NeonComputeSpec spec, Placement placement) {
    var asked = spec.pageserver();
    if (asked == null
        || placement.shards().stream()
            .anyMatch(shard -> brief(shard.address()).equals(brief(asked)))) {
      return Optional.empty();
    }
    var there =
        placement.shards().stream()
            .map(Placement.Shard::address)
            .distinct()
            .collect(Collectors.joining(", "));
    return Optional.of(
        Obstacle.lasting(
            "TenantElsewhere",
            "tenant %s is at %s and not at %s, which spec.pageserver names; leave spec.pageserver out, so that the tenant is found wherever it is"
                .formatted(spec.tenantId(), there, asked)));
  }

  /** A name inside a cluster has several lengths. */
  private static String brief(String address) {
    return address.replaceFirst("(\\.svc)?(\\.cluster\\.local)?(?=:)", "");
  }

  private static Obstacle missing(StorageClient client, TenantId tenant, TimelineId timeline) {
    var offloaded =
        client.timelines(tenant).offloaded().stream()
            .anyMatch(one -> one.timelineId().equals(timeline));
    return offloaded
        ? archived(timeline)
        : Obstacle.lasting(
            "TimelineNotFound",
            "timeline %s does not exist in tenant %s; create it first, as a branch of a project or by POST /v1/tenant/%s/timeline"
                .formatted(timeline, tenant, tenant));
  }

  private static Obstacle archived(TimelineId timeline) {
    return Obstacle.lasting(
        "TimelineArchived",
        "timeline %s is archived; bring it back first (archival_config, state Unarchived)"
            .formatted(timeline));
  }

  private static Obstacle obstacle(NeonComputeSpec spec, StorageException e) {
    return switch (e.kind()) {
      case GONE ->
          Obstacle.lasting(
              "TenantNotFound",
              "tenant %s does not exist in storage; create it first, as a project or by PUT /v1/tenant/%s/location_config"
                  .formatted(spec.tenantId(), spec.tenantId()));
      case RETRY, UNKNOWN_OUTCOME ->
          Obstacle.passing(
              "StorageUnavailable", e.getMessage() + "; it is asked again until it answers");
      default -> Obstacle.passing("StorageFailed", e.getMessage());
    };
  }
}
