package dev.neonstack.emulator;

import static java.util.Objects.requireNonNull;

import dev.neonstack.neon.Lsn;

/** The position that belongs to a moment, and how far it can be trusted. */
public record LsnAt(Lsn lsn, Kind kind) {

  public LsnAt {
    requireNonNull(lsn, "lsn is null");
    requireNonNull(kind, "kind is null");
  }

  /** How the moment lies to the commits that are known. */
  public enum Kind {
    /** Commits lie on both sides. */
    PRESENT,
    /** Every commit is older; the position is the head. */
    FUTURE,
    /** The moment is before the history that is kept; the position is its beginning. */
    PAST,
    /** No commit is known; the position is the beginning of the history. */
    NODATA
  }
}
