package dev.neonstack.bench;

import java.io.IOException;
import java.nio.file.Path;

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
      table.time("provider ready after its start", Samples.of(RUNS, this::startProvider), 0.4);
    } finally {
      stack.down();
    }
  }

  private void startProvider() throws IOException, InterruptedException {
    try (var provider = new PluginProcess(home)) {
      provider.port();
    }
  }
}
