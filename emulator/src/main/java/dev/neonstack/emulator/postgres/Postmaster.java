package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A live server process, found by the file it keeps in its data directory; whoever started it.
 *
 * @param ready whether it accepts connections
 */
record Postmaster(long pid, int port, boolean ready) {
  private static final String PROGRAM = "postgres";
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /** The server that runs on a data directory. */
  static Optional<Postmaster> on(Path data) {
    try {
      var lines = Files.readAllLines(data.resolve("postmaster.pid"));
      if (lines.size() <= PORT_LINE) {
        return Optional.empty();
      }
      var found =
          new Postmaster(
              Long.parseLong(lines.get(PID_LINE).strip()),
              Integer.parseInt(lines.get(PORT_LINE).strip()),
              isReady(lines));
      return found.isServerOf(data) ? Optional.of(found) : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isReady(List<String> lines) {
    return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /** Whether the process is alive and is no other one that got the same number since. */
  boolean isServerOf(Path data) {
    if (ProcPaths.AVAILABLE) {
      return ProcPaths.workingDirectory(pid).filter(sameAs(data)::equals).isPresent();
    }
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().commandLine())
        .filter(line -> line.contains(PROGRAM) && line.contains(data.toString()))
        .isPresent();
  }

  private static Path sameAs(Path data) {
    try {
      return data.toRealPath();
    } catch (IOException e) {
      return data;
    }
  }

  void signal(String name) {
    Commands.run(List.of("/bin/sh", "-c", "kill -" + name + " " + pid));
  }
}
