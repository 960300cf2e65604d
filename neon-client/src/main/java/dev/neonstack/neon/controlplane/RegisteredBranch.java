package dev.neonstack.neon.controlplane;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A branch as the control plane knows it.
 *
 * @param project the project it belongs to
 * @param id the timeline in storage
 * @param name what people call it
 * @param parent the branch it starts from; empty for a root
 * @param parentLsn the position on the parent it starts from
 * @param parentTimestamp the time it was asked to start from
 * @param protectedBranch whether deleting it is refused
 * @param expiresAt when the control plane deletes it by itself
 * @param ready whether the timeline is known to exist
 * @param owner who declares it, when it was registered rather than made through REST
 * @param createdAt when the control plane first heard of it
 * @param roles the names of its roles as seen last; absent when nobody has looked yet
 * @param databases the names of its databases, likewise
 */
public record RegisteredBranch(
    @JsonProperty("project_id") TenantId project,
    TimelineId id,
    String name,
    @JsonProperty("parent_id") Optional<TimelineId> parent,
    Optional<Lsn> parentLsn,
    Optional<Instant> parentTimestamp,
    @JsonProperty("protected") boolean protectedBranch,
    Optional<Instant> expiresAt,
    boolean ready,
    Optional<String> owner,
    Instant createdAt,
    Optional<List<String>> roles,
    Optional<List<String>> databases) {}
