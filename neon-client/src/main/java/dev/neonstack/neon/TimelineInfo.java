package dev.neonstack.neon;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What storage says about a branch that is not offloaded.
 *
 * @param ancestorTimelineId the parent; empty for a root
 * @param ancestorLsn where it left its parent; empty for a root
 * @param lastRecordLsn its head: the highest LSN at which a child can start without waiting
 * @param minReadableLsn the lowest LSN at which a child can start, unless the branch itself starts
 *     later
 * @param initdbLsn where the root of its history begins
 * @param pgVersion major version of PostgreSQL
 * @param state {@code Loading}, {@code Active}, {@code Stopping} or {@code Broken}
 * @param archived whether it is archived, though not offloaded yet
 * @param currentLogicalSize bytes of live data, approximate; empty when storage did not say
 */
public record TimelineInfo(
    TenantId tenantId,
    TimelineId timelineId,
    Optional<TimelineId> ancestorTimelineId,
    Optional<Lsn> ancestorLsn,
    Lsn lastRecordLsn,
    Lsn minReadableLsn,
    Lsn initdbLsn,
    int pgVersion,
    String state,
    boolean archived,
    OptionalLong currentLogicalSize) {}
