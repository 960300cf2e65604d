package dev.neonstack.emulator.meta;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts how often the making of a child was under way together with the deletion of its parent. A
 * pageserver can lose the whole tenant by one such pair; here nothing is lost by it.
 */
public final class Perils {
  private final Map<Key, Under> underWay = new HashMap<>();
  private long pairs;

  private record Key(TenantId tenant, TimelineId timeline) {}

  /** What is under way with a timeline. */
  private static final class Under {
    private int creations;
    private int deletions;

    private boolean isOver() {
      return creations == 0 && deletions == 0;
    }
  }

  /** How many pairs there were since the start. */
  public synchronized long pairs() {
    return pairs;
  }

  /** A child of the timeline begins to be made. */
  synchronized void creationBegins(TenantId tenant, TimelineId parent) {
    var under = underWay.computeIfAbsent(new Key(tenant, parent), key -> new Under());
    under.creations++;
    pairs += under.deletions;
  }

  synchronized void creationEnds(TenantId tenant, TimelineId parent) {
    underWay.get(new Key(tenant, parent)).creations--;
    forget(new Key(tenant, parent));
  }

  /** The timeline begins to be deleted; that lasts until it is gone. */
  synchronized void deletionBegins(TenantId tenant, TimelineId timeline) {
    var under = underWay.computeIfAbsent(new Key(tenant, timeline), key -> new Under());
    under.deletions++;
    pairs += under.creations;
  }

  synchronized void deletionEnds(TenantId tenant, TimelineId timeline) {
    var key = new Key(tenant, timeline);
    underWay.computeIfPresent(
        key,
        (same, under) -> {
          under.deletions = 0;
          return under;
        });
    forget(key);
  }

  private void forget(Key key) {
    underWay.computeIfPresent(key, (same, under) -> under.isOver() ? null : under);
  }
}
