package dev.neonstack.controlplane.port;

import java.util.Set;

/**
 * A compute's way to storage.
 *
 * @param pageservers who serves its pages, shard by shard; equal when, and only when, it is the
 *     same
 * @param generation counts the sets of safekeepers of its branch
 * @param safekeepers numbers of those that take its log
 */
public record Route(String pageservers, long generation, Set<Long> safekeepers) {
  /** Keeps its own copy. */
  public Route {
    safekeepers = Set.copyOf(safekeepers);
  }
}
