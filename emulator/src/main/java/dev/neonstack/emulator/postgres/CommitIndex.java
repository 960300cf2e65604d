package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * When the transactions of a timeline were committed. Kept coarse, a span of times for each stretch
 * of WAL, and read again where it matters.
 */
final class CommitIndex {
  private static final long STRETCH_BYTES = 512 << 10;

  private final WalSource source;
  private final Lsn begin;
  private final List<Stretch> stretches = new ArrayList<>();

  CommitIndex(WalSource source, Lsn begin) {
    this.source = source;
    this.begin = begin;
  }

  /** A commit: its time and the end of its record. */
  record Commit(long micros, Lsn end) {
    Instant time() {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
  }

  private static final class Stretch {
    final Lsn begin;
    final Lsn before;
    Lsn end;
    Lsn last;
    Optional<Commit> first = Optional.empty();
    Optional<Commit> latest = Optional.empty();
    long least = Long.MAX_VALUE;

    Stretch(Lsn begin, Lsn before) {
      this.begin = begin;
      this.before = before;
      this.end = begin;
      this.last = before;
    }

    void add(WalRecord record) {
      end = record.end();
      last = record.start();
      if (record.commitMicros().isPresent()) {
        var commit = new Commit(record.commitMicros().getAsLong(), record.end());
        first = first.or(() -> Optional.of(commit));
        latest = Optional.of(commit);
        least = Math.min(least, commit.micros());
      }
    }

    boolean isFull() {
      return end.value() - begin.value() >= STRETCH_BYTES;
    }
  }

  /** Takes in what was written since the last call. */
  synchronized void advance() throws IOException {
    var stretch = stretches.isEmpty() ? open(begin, Lsn.ZERO) : stretches.get(stretches.size() - 1);
    try (var reader = new WalReader(source, stretch.end, stretch.last)) {
      for (var record = reader.next(); record.isPresent(); record = reader.next()) {
        if (stretch.isFull()) {
          stretch = open(stretch.end, stretch.last);
        }
        stretch.add(record.get());
      }
    }
  }

  private Stretch open(Lsn begin, Lsn before) {
    var stretch = new Stretch(begin, before);
    stretches.add(stretch);
    return stretch;
  }

  /** The last commit, in the order of the WAL, that is not later than a moment. */
  synchronized Optional<Commit> lastUntil(Instant moment) throws IOException {
    var micros = ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    return last(stretch -> stretch.least <= micros, commit -> commit.micros() <= micros);
  }

  /** The last commit whose record ends at a position or before. */
  synchronized Optional<Commit> lastUntil(Lsn lsn) throws IOException {
    return last(
        stretch -> stretch.first.filter(commit -> !commit.end().isAfter(lsn)).isPresent(),
        commit -> !commit.end().isAfter(lsn));
  }

  private Optional<Commit> last(Predicate<Stretch> candidate, Predicate<Commit> wanted)
      throws IOException {
    for (var i = stretches.size() - 1; i >= 0; i--) {
      if (candidate.test(stretches.get(i))) {
        return lastIn(stretches.get(i), wanted);
      }
    }
    return Optional.empty();
  }

  private Optional<Commit> lastIn(Stretch stretch, Predicate<Commit> wanted) throws IOException {
    Optional<Commit> found = Optional.empty();
    try (var reader = new WalReader(source, stretch.begin, stretch.before)) {
      while (reader.position().isBefore(stretch.end)) {
        var record = reader.next();
        if (record.isEmpty()) {
          break;
        }
        var commit = commit(record.get()).filter(wanted);
        found = commit.isPresent() ? commit : found;
      }
    }
    return found;
  }

  private static Optional<Commit> commit(WalRecord record) {
    OptionalLong micros = record.commitMicros();
    return micros.isPresent()
        ? Optional.of(new Commit(micros.getAsLong(), record.end()))
        : Optional.empty();
  }

  /** The newest commit of all. */
  synchronized Optional<Commit> newest() {
    for (var i = stretches.size() - 1; i >= 0; i--) {
      if (stretches.get(i).latest.isPresent()) {
        return stretches.get(i).latest;
      }
    }
    return Optional.empty();
  }
}
