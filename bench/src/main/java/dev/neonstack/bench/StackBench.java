package dev.neonstack.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;

/** The daily commands on the stack of the README, warm, through the plugin as users run it. */
final class StackBench {
  private static final int RUNS = 7;

  private final Path home;
  private final Path folder;

  StackBench(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  void run(Table table) throws Exception {
    var stack = new Installation(home, folder);
    try {
      stack.declareExample();
      stack.init();
      var first = Samples.of(1, stack::up);
      table.time("first `up` of the example stack, local process started by it", first);
      stack.preview();
      table.time("`preview`, nothing to do", Samples.of(RUNS, stack::preview), 3);
      table.time("`up`, nothing to do", Samples.of(RUNS, () -> stack.up("--expect-no-changes")), 3);
      table.time("provider ready after its start", providerStarts(), 0.4);
    } finally {
      stack.down();
    }
  }

  /** From the start of the plugin to the line with its port; its end is not counted. */
  private Samples providerStarts() throws IOException {
    var millis = new ArrayList<Double>();
    for (int run = 0; run < RUNS; run++) {
      var start = System.nanoTime();
      try (var provider = new PluginProcess(home)) {
        millis.add((System.nanoTime() - start) / 1e6);
        provider.port();
      }
    }
    return new Samples(millis);
  }
}
