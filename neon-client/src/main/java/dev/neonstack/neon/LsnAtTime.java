package dev.neonstack.neon;

/**
 * The LSN of a point in time. Storage answers with a usable LSN whatever the kind, so a caller must
 * look at the kind: branching at the LSN of a {@link LsnKind#PAST} gives the wrong contents.
 */
public record LsnAtTime(Lsn lsn, LsnKind kind) {}
