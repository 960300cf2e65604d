package dev.neonstack.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Watches how much memory the processes take that this one starts, as Linux counts it: the most
 * that each has had resident. A process is known by the jar it runs.
 */
public final class PeakMemory implements AutoCloseable {
  private static final Pattern MOST = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final int KIB_PER_MIB = 1024;
  private static final Duration MOMENT = Duration.ofMillis(50);

  private final List<String> jars;
  private final Map<String, Integer> mebibytes = new ConcurrentHashMap<>();
  private final Thread watcher = new Thread(this::watch, "peak-memory");
  private volatile boolean watching = true;

  /** Watches until it is closed. */
  public PeakMemory(String... jars) {
    this.jars = List.of(jars);
    watcher.setDaemon(true);
    watcher.start();
  }

  /** The most that a process with this jar has had, in MiB; 0 when none was seen. */
  public int mebibytes(String jar) {
    return mebibytes.getOrDefault(jar, 0);
  }

  private void watch() {
    while (watching) {
      ProcessHandle.current().descendants().forEach(process -> look(process.pid()));
      Wait.sleep(MOMENT);
    }
  }

  private void look(long pid) {
    try {
      var folder = Path.of("/proc", Long.toString(pid));
      var command = Files.readString(folder.resolve("cmdline"));
      for (var jar : jars) {
        if (command.contains("/" + jar)) {
          var most = MOST.matcher(Files.readString(folder.resolve("status")));
          if (most.find()) {
            mebibytes.merge(jar, Integer.parseInt(most.group(1)) / KIB_PER_MIB, Math::max);
          }
        }
      }
    } catch (IOException gone) {
      // It has ended meanwhile.
    }
  }

  @Override
  public void close() {
    watching = false;
  }
}
