package dev.neonstack.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What a repeated measurement gave, in milliseconds. */
final class Samples {
  private final List<Double> sorted;

  Samples(List<Double> millis) {
    if (millis.isEmpty()) {
      throw new IllegalArgumentException("no sample was taken");
    }
    var copy = new ArrayList<>(millis);
    Collections.sort(copy);
    this.sorted = List.copyOf(copy);
  }

  /** Runs the action so many times and keeps the wall time of each. */
  static Samples of(int runs, Action action) throws Exception {
    var millis = new ArrayList<Double>();
    for (int run = 0; run < runs; run++) {
      millis.add(millisOf(action));
    }
    return new Samples(millis);
  }

  static double millisOf(Action action) throws Exception {
    var start = System.nanoTime();
    action.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** The value that so many per cent of the samples do not exceed (nearest rank). */
  double percentile(int percent) {
    var rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  double median() {
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  int size() {
    return sorted.size();
  }

  /** The range, for the reader to judge the noise by. */
  String range() {
    return String.format(
        Locale.ROOT, "%.2f–%.2f s", sorted.get(0) / 1000, sorted.get(sorted.size() - 1) / 1000);
  }

  /** Something to be timed. */
  interface Action {
    void run() throws Exception;
  }
}
