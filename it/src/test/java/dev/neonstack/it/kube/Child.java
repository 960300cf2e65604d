package dev.neonstack.it.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that ends with this one, however this one ends. */
final class Child {
  private static final int PATIENCE_SECONDS = 10;
  private static final int LAST_LINES = 5;

  /**
   * The kernel closes the pipe when this process dies, which ends `cat`. An API server that has
   * lost its etcd does not end when it is asked to.
   */
  private static final String KEEPER =
      """
      exec 3<&0
      trap 'asked=yes' TERM
      "$@" 3<&- & child=$!
      { cat <&3 >/dev/null; kill $$; } & watch=$!
      wait $child
      code=$?
      if [ "${asked:-}" ]; then
        kill $child
        { sleep 5; kill -9 $child; } 2>/dev/null & last=$!
        wait $child
        code=$?
        kill $last
      fi
      kill $watch 2>/dev/null
      exit $code
      """;

  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  static Child start(Path folder, String name, List<String> command) {
    var keeper = new ArrayList<>(List.of("sh", "-c", KEEPER, name));
    keeper.addAll(command);
    var log = folder.resolve(name + ".log");
    try {
      var process =
          new ProcessBuilder(keeper)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new Child(name, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The end of what it printed, under its name. */
  String lastWords() {
    try {
      var lines = Files.readAllLines(log, UTF_8);
      var last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
      return name + ":\n" + String.join("\n", last);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, without waiting for it. */
  void ask() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end it was asked for; one that does not come is forced. */
  void await() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }
}
