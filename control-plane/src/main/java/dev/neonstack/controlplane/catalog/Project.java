package dev.neonstack.controlplane.catalog;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A project in the catalog.
 *
 * @param id the tenant
 * @param name what people call it
 * @param pgVersion major version of PostgreSQL
 * @param historyRetention how far back a branch can be made
 * @param region a label; nothing is decided by it
 * @param owner who declares it, when it was registered
 * @param defaultBranch the branch taken when a request names none
 * @param defaults what its endpoints are like when a request does not say
 * @param logicalReplication whether changes can be decoded from the WAL of its endpoints; for good
 * @param deleting whether its deletion has begun
 * @param createdAt when it came into the catalog
 * @param updatedAt when it last changed
 */
@RecordBuilder
public record Project(
    TenantId id,
    String name,
    int pgVersion,
    Duration historyRetention,
    Optional<String> region,
    Optional<String> owner,
    Optional<TimelineId> defaultBranch,
    EndpointDefaults defaults,
    boolean logicalReplication,
    boolean deleting,
    Instant createdAt,
    Instant updatedAt) {

  /** A catalog of before the defaults were kept has none. */
  public Project {
    defaults = defaults == null ? EndpointDefaults.USUAL : defaults;
  }

  /** The project with what can be changed of it. */
  public Project changed(
      String newName, Duration retention, EndpointDefaults newDefaults, Instant now) {
    return ProjectBuilder.builder(this)
        .name(newName)
        .historyRetention(retention)
        .defaults(newDefaults)
        .updatedAt(now)
        .build();
  }

  /** The project with changes that can be decoded from now on. */
  public Project replicating(Instant now) {
    return ProjectBuilder.builder(this).logicalReplication(true).updatedAt(now).build();
  }

  public Project withDefaultBranch(Optional<TimelineId> branch) {
    return ProjectBuilder.builder(this).defaultBranch(branch).build();
  }

  public Project beingDeleted(Instant now) {
    return ProjectBuilder.builder(this).deleting(true).updatedAt(now).build();
  }
}
