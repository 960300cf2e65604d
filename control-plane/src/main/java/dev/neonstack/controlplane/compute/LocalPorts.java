package dev.neonstack.controlplane.compute;

import dev.neonstack.controlplane.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;

/**
 * Finds ports for endpoints on this machine.
 *
 * @param first the lowest port an endpoint may get; 0 takes any free one
 */
public record LocalPorts(int first) {
  /** Where all of them are. */
  public static final String HOST = "127.0.0.1";

  private static final int HIGHEST = 65_535;

  /** The lowest port from the first on that no endpoint has and nobody listens on. */
  public int free(Set<Integer> taken) {
    if (first == 0) {
      return any(taken);
    }
    for (var port = first; port <= HIGHEST; port++) {
      if (!taken.contains(port) && isFree(port)) {
        return port;
      }
    }
    throw Problem.unavailable(
        "no port from %d on is free for an endpoint; set NEONSTACK_POSTGRES_PORT lower"
            .formatted(first),
        null);
  }

  private static int any(Set<Integer> taken) {
    try {
      while (true) {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          if (!taken.contains(socket.getLocalPort())) {
            return socket.getLocalPort();
          }
        }
      }
    } catch (IOException e) {
      throw Problem.unavailable("no port is free for an endpoint: " + e.getMessage(), e);
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
