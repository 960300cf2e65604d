package dev.neonstack.emulator.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program to its end. */
final class Commands {
  private Commands() {}

  /** How a program ended and what it wrote, errors included. */
  record Result(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  static Result run(List<String> command) {
    return run(command, "");
  }

  /** Runs a program that reads this. */
  static Result run(List<String> command, String input) {
    try {
      var process = builder(command).redirectErrorStream(true).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output.strip());
    } catch (IOException e) {
      return new Result(127, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          new IOException("interrupted while running " + command.get(0), e));
    }
  }

  /**
   * A process with untranslated messages, because some of them are looked for, in a folder that
   * every user may enter: older programs of PostgreSQL go back to where they were started.
   */
  static ProcessBuilder builder(List<String> command) {
    var builder = new ProcessBuilder(command).directory(new File("/"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }
}
