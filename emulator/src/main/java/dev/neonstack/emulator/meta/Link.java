package dev.neonstack.emulator.meta;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;

/** A point on a timeline from which another one goes on. */
public record Link(TimelineId timeline, Lsn lsn) {}
