package dev.neonstack.emulator.meta;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Positions of timelines that are to stay readable for a while. */
final class Leases {
  private final Map<TimelineId, TreeMap<Lsn, Instant>> byTimeline = new HashMap<>();

  /** Grants a lease, or makes one last longer, and returns until when it holds. */
  synchronized Instant grant(TimelineId timeline, Lsn lsn, Duration length) {
    var until = Instant.now().plus(length);
    return valid(timeline).merge(lsn, until, (had, wanted) -> had.isAfter(wanted) ? had : wanted);
  }

  synchronized boolean covers(TimelineId timeline, Lsn lsn) {
    return valid(timeline).containsKey(lsn);
  }

  synchronized int count(TimelineId timeline) {
    return valid(timeline).size();
  }

  synchronized Optional<Lsn> oldest(TimelineId timeline) {
    var valid = valid(timeline);
    return valid.isEmpty() ? Optional.empty() : Optional.of(valid.firstKey());
  }

  synchronized void forget(TimelineId timeline) {
    byTimeline.remove(timeline);
  }

  synchronized void clear() {
    byTimeline.clear();
  }

  private NavigableMap<Lsn, Instant> valid(TimelineId timeline) {
    var leases = byTimeline.computeIfAbsent(timeline, key -> new TreeMap<>());
    var now = Instant.now();
    leases.values().removeIf(now::isAfter);
    return leases;
  }
}
