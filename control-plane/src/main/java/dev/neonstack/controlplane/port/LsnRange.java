package dev.neonstack.controlplane.port;

import dev.neonstack.neon.Lsn;

/**
 * Where on a branch a child can start.
 *
 * @param lowest the oldest position that is still kept
 * @param head the newest position
 */
public record LsnRange(Lsn lowest, Lsn head) {

  public boolean holds(Lsn lsn) {
    return !lsn.isBefore(lowest) && !lsn.isAfter(head);
  }
}
