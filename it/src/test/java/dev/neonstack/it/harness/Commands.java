package dev.neonstack.it.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands with an environment of their own: nothing of the caller's but what is named. */
final class Commands {
  private static final List<String> KEPT = List.of("HOME", "JAVA_HOME", "LANG", "TMPDIR");

  /** The update of two pageservers, which are two minutes apart, and the rest of a stack. */
  private static final long PATIENCE_MINUTES = 6;

  private Commands() {}

  /** A command that has been started and prints into a file. */
  record Running(String command, Process process, Path log) {

    Run await() {
      try {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
          return new Run(command, -1, "did not end; it printed:\n" + printed());
        }
        return new Run(command, process.exitValue(), printed());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + command, e);
      }
    }

    String printed() {
      try {
        return Files.readString(log, UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Running start(Path folder, Map<String, String> environment, List<String> command) {
    try {
      var logs = Files.createDirectories(Repository.root().resolve("it/target/runs"));
      var log = Files.createTempFile(logs, "run-", ".log");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().keySet().retainAll(KEPT);
      builder.environment().putAll(environment);
      var process = builder.start();
      process.getOutputStream().close();
      return new Running(String.join(" ", command), process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
