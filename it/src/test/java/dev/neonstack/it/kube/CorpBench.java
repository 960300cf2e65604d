package dev.neonstack.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Run;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.it.kube.standin.StandInServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Times the corporate stack on the test cluster; {@code ./neonstack bench corp} runs it. Of the
 * median of each time a part is the program's, JVM start to end, and during that the engine and the
 * plugins do most of their work as well.
 */
@ExtendWith({OnPlatform.class, OnKubernetes.class})
class CorpBench {
  private static final int RUNS = 5;
  private static final double PREVIEW_SECONDS = 5;
  private static final double NO_OP_SECONDS = 6;
  private static final double NANOS = 1e9;

  @TempDir Path folder;
  private final List<String> table =
      new ArrayList<>(
          List.of(
              "| what | median | range | program | target |", "| --- | --- | --- | --- | --- |"));

  private boolean missed;

  /** Seconds of a run, and those of the program in it. */
  private record Time(double whole, double program) {}

  @Test
  void corp(Platform platform, KubeServer kube) throws IOException {
    var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kube.kubeconfig());
    try (var standIn = new StandInServer()) {
      var stack =
          Stack.onCluster(platform, standIn.attachment(), folder)
              .config(CorpConfig.on(kubeconfig).withoutProjects().values());
      Given.make(kube.api());
      row("preview of everything, cold", 0, List.of(time(stack::preview)));
      row("first up", 0, List.of(time(stack::up)));
      row("no-op up", NO_OP_SECONDS, times(() -> stack.up("--expect-no-changes")));
      row("preview, warm", PREVIEW_SECONDS, times(stack::preview));
      row("destroy", 0, List.of(time(stack::destroy)));
      Given.make(kube.api());
      stack.up().succeeded();
      table.add("| objects of Kubernetes | " + stack.inputs("kubernetes:").size() + " | | | |");
    }
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
    return new Time((System.nanoTime() - begin) / NANOS, program());
  }

  private double program() {
    try {
      var file = folder.resolve(Stack.PROGRAM_TIMES);
      if (!Files.exists(file)) {
        return 0;
      }
      var lines = Files.readAllLines(file);
      Files.delete(file);
      var last = lines.get(lines.size() - 1).split(" ", 2);
      return (Long.parseLong(last[1]) - Long.parseLong(last[0])) / NANOS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void row(String what, double target, List<Time> times) {
    var sorted = times.stream().mapToDouble(Time::whole).sorted().toArray();
    var programs = times.stream().mapToDouble(Time::program).sorted().toArray();
    var median = sorted[sorted.length / 2];
    var met = target == 0 || median <= target;
    missed |= !met;
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | %.1f s | %.1f to %.1f s, %d run(s) | %.1f s | %s |",
            what,
            median,
            sorted[0],
            sorted[sorted.length - 1],
            sorted.length,
            programs[programs.length / 2],
            target == 0 ? "" : "at most " + target + " s: " + (met ? "met" : "MISSED")));
  }
}
