package dev.neonstack.bench;

import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.local.client.LocalState;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.EndpointCreate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/** What the local process takes for branches and endpoints, without Pulumi. */
final class EndpointBench {
  private static final int CALLS = 200;
  private static final int RUNS = 9;
  private static final int IDLE_BRANCHES = 9;
  private static final int MEMORY_TARGET_MB = 200;

  private final Path home;
  private final Path folder;

  EndpointBench(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  void run(Table table) throws Exception {
    var stack = new Installation(home, folder.resolve("calls"));
    try {
      stack.declareExample();
      stack.init();
      stack.up();
      var process = LocalProcess.ofEnvironment(stack.environment());
      var api = new LocalApi(process.find().orElseThrow());
      starts(table, api);
      creates(table, api);
    } finally {
      stack.down();
    }
    memory(table);
  }

  private static void starts(Table table, LocalApi api) throws Exception {
    var first = new ArrayList<Double>();
    var again = new ArrayList<Double>();
    for (int run = 0; run < RUNS; run++) {
      var branch = api.createBranch("start-" + run);
      first.add(Samples.millisOf(() -> start(api, branch)));
      var endpoint = api.endpointOf(branch);
      api.client().suspendEndpoint(api.project(), endpoint);
      again.add(Samples.millisOf(() -> api.client().startEndpoint(api.project(), endpoint)));
      api.client().deleteEndpoint(api.project(), endpoint);
    }
    table.time("first start of an endpoint on a new branch", new Samples(first), 1.5);
    table.time("start of a stopped endpoint", new Samples(again), 0.6);
  }

  private static void start(LocalApi api, TimelineId branch) {
    api.client().createEndpoint(api.project(), EndpointCreate.readWrite(branch));
  }

  private static void creates(Table table, LocalApi api) throws Exception {
    var millis = new ArrayList<Double>();
    for (int call = 0; call < CALLS; call++) {
      var name = "rest-" + call;
      millis.add(Samples.millisOf(() -> api.createBranch(name)));
    }
    var samples = new Samples(millis);
    table.millis("create branch through REST", samples, 50, 20);
    table.millis("create branch through REST", samples, 95, 60);
  }

  private void memory(Table table) throws Exception {
    var stack = new Installation(home, folder.resolve("memory"));
    try {
      stack.declare(IDLE_BRANCHES);
      stack.init();
      stack.up();
      var process = LocalProcess.ofEnvironment(stack.environment());
      var pid = process.state().map(LocalState::pid).orElseThrow();
      table.value(
          "local process idle, 10 branches, no endpoint runs",
          residentMegabytes(pid),
          MEMORY_TARGET_MB,
          "MB",
          "resident set size");
    } finally {
      stack.down();
    }
  }

  static double residentMegabytes(long pid) throws Exception {
    var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
    var kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return Double.parseDouble(kilobytes) / 1024;
  }
}
