package dev.neonstack.controlplane.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A branch in the catalog.
 *
 * @param project the tenant it belongs to
 * @param id the timeline
 * @param name what people call it
 * @param origin where it starts
 * @param protectedBranch whether deleting it is refused
 * @param expiresAt when the control plane deletes it by itself
 * @param state how far it has come
 * @param owner who declares it, when it was registered; what is registered, its owner creates
 * @param contents its roles and databases
 * @param annotations what its maker wrote down about it, such as the change it was made for
 * @param createdAt when it came into the catalog
 * @param updatedAt when it last changed
 */
@RecordBuilder
public record Branch(
    TenantId project,
    TimelineId id,
    String name,
    Origin origin,
    @JsonProperty("protected") boolean protectedBranch,
    Optional<Instant> expiresAt,
    BranchState state,
    Optional<String> owner,
    Contents contents,
    Map<String, String> annotations,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * Where a branch starts.
   *
   * @param parent the branch it starts from; empty for a root
   * @param parentLsn the position on the parent
   * @param parentTimestamp the time that was asked for
   */
  public record Origin(
      Optional<TimelineId> parent, Optional<Lsn> parentLsn, Optional<Instant> parentTimestamp) {
    public static final Origin ROOT =
        new Origin(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Keeps its own copy of the annotations; a catalog of before they were kept has none. */
  public Branch {
    annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
  }

  /** Names the branch in the installation. */
  public BranchKey key() {
    return new BranchKey(project, id);
  }

  /** For messages: name and id. */
  public String label() {
    return "'" + name + "' (" + id + ")";
  }

  boolean isChildOf(BranchKey other) {
    return project.equals(other.project()) && origin.parent().equals(Optional.of(other.branch()));
  }

  public Branch in(BranchState newState, Instant now) {
    return BranchBuilder.builder(this).state(newState).updatedAt(now).build();
  }

  /** The same, when this is known of its roles and databases. */
  public Branch holding(Contents newContents) {
    return BranchBuilder.builder(this).contents(newContents).build();
  }

  public Branch living(String newName, boolean keep, Optional<Instant> until, Instant now) {
    return BranchBuilder.builder(this)
        .name(newName)
        .protectedBranch(keep)
        .expiresAt(until)
        .updatedAt(now)
        .build();
  }
}
