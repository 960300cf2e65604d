package dev.neonstack.controlplane.catalog;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * An endpoint in the catalog.
 *
 * @param id such as {@code ep-quiet-river-12345678}
 * @param project the tenant
 * @param branch the timeline it serves
 * @param host where it listens
 * @param port where it listens; given once and kept
 * @param shape what it is like
 * @param desired what it shall do
 * @param generation counts the restarts asked for
 * @param createdAt when it came into the catalog
 * @param updatedAt when it last changed
 */
@RecordBuilder
public record EndpointEntry(
    String id,
    TenantId project,
    TimelineId branch,
    String host,
    int port,
    EndpointShape shape,
    Desired desired,
    long generation,
    Instant createdAt,
    Instant updatedAt) {

  /** What an endpoint shall do. */
  public enum Desired {
    /** Run. */
    ACTIVE,
    /** Sleep. */
    IDLE,
    /** Stop and vanish from the catalog. */
    DELETED
  }

  /** Names its branch in the installation. */
  public BranchKey branchKey() {
    return new BranchKey(project, branch);
  }

  public EndpointEntry wanting(Desired wanted, Instant now) {
    return EndpointEntryBuilder.builder(this).desired(wanted).updatedAt(now).build();
  }

  public EndpointEntry shaped(EndpointShape newShape, Instant now) {
    return EndpointEntryBuilder.builder(this).shape(newShape).updatedAt(now).build();
  }

  public EndpointEntry restarted(Instant now) {
    return EndpointEntryBuilder.builder(this)
        .desired(Desired.ACTIVE)
        .generation(generation + 1)
        .updatedAt(now)
        .build();
  }
}
