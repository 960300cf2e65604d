package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.TimelineLookup;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drops bases and WAL that nobody needs any more. Needed is, for the cutoff and for the start of
 * every child: the last base at or before it, and the WAL from there up to it (for the cutoff: up
 * to the head). Grandchildren at a child's start are served by what is kept for the child.
 */
final class Retention {
  private final TimelineLookup lookup;

  Retention(TimelineLookup lookup) {
    this.lookup = lookup;
  }

  /** Segments from the first to the last, both included. */
  private record Span(long first, long last) {
    boolean holds(long segment) {
      return first <= segment && segment <= last;
    }
  }

  /** Returns whether WAL was dropped. */
  boolean apply(TimelineMeta timeline, BranchDirectory files, Lsn cutoff) throws IOException {
    if (!files.isMaterialised()) {
      return false;
    }
    var bases = files.ownBases().stream().sorted(Comparator.comparing(Base::lsn)).toList();
    var spans = new ArrayList<Span>();
    var kept = new HashSet<Base>();
    for (var child : lookup.childrenOf(timeline.tenant(), timeline.id())) {
      var base = lastUntil(bases, child.startLsn());
      base.ifPresent(kept::add);
      spans.add(new Span(begin(base), WalLayout.segment(child.startLsn())));
    }
    var base = lastUntil(bases, cutoff);
    base.ifPresent(kept::add);
    var recovery = WalLayout.segment(ControlFile.read(files.live().data()).redo());
    spans.add(new Span(Math.min(begin(base), recovery), Long.MAX_VALUE));
    dropBases(bases, kept, cutoff);
    return dropWal(files, spans);
  }

  private static Optional<Base> lastUntil(List<Base> sorted, Lsn lsn) {
    return sorted.stream().filter(base -> !base.lsn().isAfter(lsn)).reduce((a, b) -> b);
  }

  /** Without a base of its own it needs all WAL since its origin. */
  private static long begin(Optional<Base> base) throws IOException {
    return base.isPresent() ? WalLayout.segment(base.get().redo()) : 0;
  }

  private static void dropBases(List<Base> bases, Set<Base> kept, Lsn cutoff) throws IOException {
    for (var base : bases) {
      if (!kept.contains(base) && base.lsn().isBefore(cutoff)) {
        Trees.delete(base.data());
      }
    }
  }

  private static boolean dropWal(BranchDirectory files, List<Span> spans) throws IOException {
    var dropped = false;
    for (var path : Trees.list(files.live().wal())) {
      var segment = WalLayout.segmentNamed(path.getFileName().toString());
      if (segment.isPresent()
          && spans.stream().noneMatch(span -> span.holds(segment.getAsLong()))) {
        Files.deleteIfExists(path);
        dropped = true;
      }
    }
    return dropped;
  }
}
