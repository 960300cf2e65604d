package dev.neonstack.neon.storage;

/** What storage said to the deletion of a branch. Only {@link #GONE} means that it is over. */
public enum DeleteAnswer {
  /** Deletion has begun and survives a restart of the server. */
  ACCEPTED,
  /** An earlier call began it and it runs on. */
  IN_PROGRESS,
  /** The branch does not exist, any more or at all. */
  GONE
}
