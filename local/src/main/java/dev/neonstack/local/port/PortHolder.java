package dev.neonstack.local.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out which program listens on a port, where the system tells: on Linux, of one's own. */
public final class PortHolder {

  private static final Path PROC = Path.of("/proc");
  private static final List<Path> SOCKETS =
      List.of(PROC.resolve("net/tcp"), PROC.resolve("net/tcp6"));
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENS = "0A";

  private PortHolder() {}

  /**
   * Why no server could listen there now, such as {@code is used by java (pid 4711)}; empty when
   * one could.
   */
  public static Optional<String> obstacle(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          String.valueOf(e.getMessage()).contains("Permission denied")
              ? "is kept for root"
              : "is used by " + of(port).orElse("another program"));
    }
  }

  /** Such as {@code java (pid 4711)}. */
  private static Optional<String> of(int port) {
    for (var file : SOCKETS) {
      var found = inode(file, port).flatMap(PortHolder::processWith).map(PortHolder::named);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inode(Path file, int port) {
    var suffix = String.format(Locale.ROOT, ":%04X", port);
    try (var lines = Files.lines(file)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTENS))
          .filter(fields -> fields[LOCAL_ADDRESS].endsWith(suffix))
          .map(fields -> fields[INODE])
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> processWith(String inode) {
    var socket = "socket:[" + inode + "]";
    try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        if (holds(process, socket)) {
          return Optional.of(process);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** False too for a process that has ended or is another user's. */
  private static boolean holds(Path process, String socket) {
    try (var files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (var file : files) {
        if (isLinkTo(file, socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  private static boolean isLinkTo(Path file, String target) {
    try {
      return Files.readSymbolicLink(file).toString().equals(target);
    } catch (IOException e) {
      return false;
    }
  }

  private static String named(Path process) {
    var pid = "pid " + process.getFileName();
    try {
      return Files.readString(process.resolve("comm")).strip() + " (" + pid + ")";
    } catch (IOException e) {
      return pid;
    }
  }
}
