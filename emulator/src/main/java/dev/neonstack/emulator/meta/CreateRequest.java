package dev.neonstack.emulator.meta;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import java.util.Optional;

/** What a caller wants to be made. */
public sealed interface CreateRequest {
  TimelineId id();

  /** An empty root. */
  record Bootstrap(TimelineId id, int pgVersion) implements CreateRequest {}

  /** A branch; without a position, at the head. */
  record Branch(TimelineId id, TimelineId ancestor, Optional<Lsn> start) implements CreateRequest {}
}
