package dev.neonstack.local.client;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Starts the local process in a session of its own, so that it outlives the terminal. */
final class LocalLauncher {

  /** Long, for the process may have to be built first; one that cannot start ends by itself. */
  private static final Duration START = Duration.ofMinutes(5);

  private static final String ERROR = "error: ";
  private static final Set<String> JVM_OPTIONS =
      Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  private final LocalPaths paths;
  private final Map<String, String> environment;
  private final StatusProbe probe;

  LocalLauncher(LocalPaths paths, Map<String, String> environment, StatusProbe probe) {
    this.paths = paths;
    this.environment = Map.copyOf(environment);
    this.probe = probe;
  }

  /** Starts the process and waits until it serves. The caller holds the start lock. */
  LocalState start() throws IOException, InterruptedException {
    var process = launch();
    var deadline = Instant.now().plus(START);
    while (Instant.now().isBefore(deadline)) {
      var state = LocalState.read(paths.stateFile()).filter(probe::serves);
      if (state.isPresent()) {
        return state.get();
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS) && process.exitValue() != 0) {
        throw new LocalProcessException("The local process did not start: " + reason());
      }
    }
    process.destroy();
    throw new LocalProcessException(
        "The local process was not ready after "
            + START.toMinutes()
            + " minutes; its log is "
            + paths.logFile());
  }

  private Process launch() throws IOException {
    var home =
        paths
            .home()
            .orElseThrow(
                () ->
                    new LocalProcessException(
                        "NEONSTACK_HOME is not set, so the local process cannot be started; set it"
                            + " to the folder that holds the script neonstack, or run"
                            + " ./neonstack up."));
    var output = paths.outputFile().toFile();
    var builder =
        new ProcessBuilder(
                script(home, "detached").toString(), script(home, "local").toString(), "serve")
            .directory(paths.dataDir().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().clear();
    environment.forEach(
        (name, value) -> {
          if (!JVM_OPTIONS.contains(name) && !name.startsWith("PULUMI_")) {
            builder.environment().put(name, value);
          }
        });
    builder.environment().put("NEONSTACK_HOME", home.toString());
    builder.environment().put("NEONSTACK_DATA", paths.dataDir().toString());
    builder.environment().put("NEONSTACK_CACHE", paths.cacheDir().toString());
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static Path script(Path home, String name) {
    var script = home.resolve("libexec").resolve(name);
    if (!Files.isExecutable(script)) {
      throw new LocalProcessException(
          "NEONSTACK_HOME is '"
              + home
              + "', where "
              + script
              + " is missing or not executable; set it to the folder that holds the script"
              + " neonstack.");
    }
    return script;
  }

  private String reason() throws IOException {
    var lines = output().stream().filter(line -> !line.isBlank()).toList();
    var stated = lines.stream().filter(line -> line.startsWith(ERROR)).toList();
    if (!stated.isEmpty()) {
      return stated.get(stated.size() - 1).substring(ERROR.length());
    }
    return lines.isEmpty()
        ? "it ended without a word; run it in the foreground: libexec/local serve"
        : lines.get(lines.size() - 1) + " (from " + paths.outputFile() + ")";
  }

  private List<String> output() throws IOException {
    try {
      return Files.readAllLines(paths.outputFile());
    } catch (MalformedInputException e) {
      return List.of("its output is not text");
    }
  }
}
