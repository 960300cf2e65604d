package dev.neonstack.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Many branches in one stack, beside as many resources of a provider that does nothing. */
final class FleetBench {
  private static final int HUNDRED = 100;
  private static final int THOUSAND = 1000;
  private static final int RUNS = 3;
  private static final double RATIO = 1.2;

  private final Path home;
  private final Path folder;

  FleetBench(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  void run(Table table, boolean full) throws Exception {
    hundredAsUsersRunThem(table);
    compare(table, HUNDRED, RUNS);
    if (full) {
      compare(table, THOUSAND, 1);
    }
  }

  private void hundredAsUsersRunThem(Table table) throws Exception {
    var stack = new Installation(home, folder.resolve("plain"));
    try {
      stack.declare(0);
      stack.init();
      stack.up();
      var ups = new ArrayList<Double>();
      var noOps = new ArrayList<Double>();
      for (int run = 0; run < RUNS; run++) {
        stack.declare(HUNDRED);
        ups.add(Samples.millisOf(stack::up));
        noOps.add(Samples.millisOf(() -> stack.up("--expect-no-changes")));
        stack.declare(0);
        stack.up();
      }
      table.time("100 new branches in one `up`", new Samples(ups), 12);
      table.time("`up` of 100 branches, nothing to do", new Samples(noOps), 6);
    } finally {
      stack.down();
    }
  }

  /** Ours and the idle provider take turns, so that both see the same machine. */
  private void compare(Table table, int branches, int runs) throws Exception {
    var ours = new ArrayList<Double>();
    var idle = new ArrayList<Double>();
    var name = "ratio-" + branches;
    var stack = new Installation(home, folder.resolve(name));
    var empty = new Installation(home, folder.resolve(name + "-idle"));
    try (var provider = new PluginProcess(home, stack.environment());
        var nothing = new NullProvider()) {
      stack.attachProvider(provider.port());
      empty.attachProvider(nothing.port());
      for (var installation : List.of(stack, empty)) {
        installation.declare(0);
        installation.init();
        installation.up();
      }
      for (int run = 0; run < runs; run++) {
        ours.add(grow(stack, branches));
        idle.add(grow(empty, branches));
      }
    } finally {
      stack.down();
    }
    report(table, branches, new Samples(ours), new Samples(idle));
  }

  private static double grow(Installation stack, int branches) throws Exception {
    stack.declare(branches);
    var millis = Samples.millisOf(stack::up);
    stack.declare(0);
    stack.up();
    return millis;
  }

  private static void report(Table table, int branches, Samples ours, Samples idle) {
    var what = String.format(Locale.ROOT, "%,d new branches", branches);
    table.time(what + ", provider attached", ours);
    table.time(what + ", provider that does nothing", idle);
    table.value(
        what + ": ratio", ours.median() / idle.median(), RATIO, "", "medians of the two above");
  }
}
