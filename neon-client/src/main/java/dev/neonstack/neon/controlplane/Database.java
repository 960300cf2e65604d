package dev.neonstack.neon.controlplane;

import dev.neonstack.neon.TimelineId;

/**
 * A database of a branch.
 *
 * @param branch the branch it belongs to
 * @param name its name in PostgreSQL
 * @param owner the role that owns it
 */
public record Database(TimelineId branch, String name, String owner) {}
