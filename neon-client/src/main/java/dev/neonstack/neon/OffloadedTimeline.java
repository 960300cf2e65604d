package dev.neonstack.neon;

import java.time.Instant;
import java.util.Optional;

/**
 * An archived branch whose data lies in object storage only. It still exists, though a plain read
 * of it answers 404.
 *
 * @param ancestorRetainLsn the LSN its parent keeps for it
 * @param archivedAt when it was archived
 */
public record OffloadedTimeline(
    TimelineId timelineId,
    Optional<TimelineId> ancestorTimelineId,
    Optional<Lsn> ancestorRetainLsn,
    Optional<Instant> archivedAt) {}
