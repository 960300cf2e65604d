package dev.neonstack.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Times runs of a stack and prints them as a table. Of the median of each time a part is the
 * program's, JVM start to end, and during that the engine and the plugins do most of their work as
 * well.
 */
public final class StackBenchmark {
  private static final int RUNS = 5;
  private static final double NANOS = 1e9;

  private final Path programTimes;
  private final List<String> table =
      new ArrayList<>(
          List.of(
              "| what | median | range | program | target |", "| --- | --- | --- | --- | --- |"));

  private boolean missed;

  /** Of a stack that runs on a cluster. */
  public StackBenchmark(Stack stack) {
    this.programTimes = stack.folder().resolve(Stack.PROGRAM_TIMES);
  }

  /** Seconds of a run, and those of the program in it. */
  private record Time(double whole, double program) {}

  /** Times one run. */
  public void once(String what, Supplier<Run> run) {
    row(what, List.of(time(run)), "");
  }

  /** Times some runs, whose median is to be no more than these seconds. */
  public void often(String what, double seconds, Supplier<Run> run) {
    var times = times(run);
    row(what, times, "at most " + seconds + " s: " + judged(median(times) <= seconds));
  }

  /** Times some runs, whose median is to be no more than these seconds, as is the program's. */
  public void often(String what, double seconds, double programSeconds, Supplier<Run> run) {
    var times = times(run);
    var met = median(times) <= seconds && program(times) <= programSeconds;
    var target = "at most %.0f s, program %.0f s: ".formatted(seconds, programSeconds);
    row(what, times, target + judged(met));
  }

  private String judged(boolean met) {
    missed |= !met;
    return met ? "met" : "MISSED";
  }

  /** Adds what is no time. */
  public void fact(String what, Object value) {
    table.add("| %s | %s | | | |".formatted(what, value));
  }

  /** Prints everything, and fails when a target was missed. */
  public void print() {
    System.out.println(String.join("\n", table));
    assertThat(missed).as("a target was missed").isFalse();
  }

  private List<Time> times(Supplier<Run> run) {
    var times = new ArrayList<Time>();
    for (var i = 0; i < RUNS; i++) {
      times.add(time(run));
    }
    return times;
  }

  private Time time(Supplier<Run> run) {
    var begin = System.nanoTime();
    run.get().succeeded();
    return new Time((System.nanoTime() - begin) / NANOS, programTime());
  }

  private double programTime() {
    try {
      if (!Files.exists(programTimes)) {
        return 0;
      }
      var lines = Files.readAllLines(programTimes);
      Files.delete(programTimes);
      var last = lines.get(lines.size() - 1).split(" ", 2);
      return (Long.parseLong(last[1]) - Long.parseLong(last[0])) / NANOS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double median(List<Time> times) {
    return times.stream().mapToDouble(Time::whole).sorted().toArray()[times.size() / 2];
  }

  private static double program(List<Time> times) {
    return times.stream().mapToDouble(Time::program).sorted().toArray()[times.size() / 2];
  }

  private void row(String what, List<Time> times, String target) {
    var range = times.stream().mapToDouble(Time::whole).summaryStatistics();
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | %.1f s | %.1f to %.1f s, %d run(s) | %.1f s | %s |",
            what,
            median(times),
            range.getMin(),
            range.getMax(),
            times.size(),
            program(times),
            target));
  }
}
