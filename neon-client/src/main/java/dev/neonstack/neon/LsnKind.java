package dev.neonstack.neon;

/** How an LSN found for a point in time relates to what the branch holds. */
public enum LsnKind {
  /** Commits lie on both sides of the time: the LSN is right. */
  PRESENT,
  /** All commits are older: the LSN is the head. */
  FUTURE,
  /**
   * The time lies before the retained history: the LSN is the oldest readable, not what was meant.
   */
  PAST,
  /** The branch knows no commit times: the LSN is the oldest readable, not what was meant. */
  NODATA
}
