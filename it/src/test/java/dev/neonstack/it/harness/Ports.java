package dev.neonstack.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Loopback ports that nobody listens on. */
public final class Ports {
  private Ports() {}

  /** So many different ones, free at this moment. */
  public static List<Integer> free(int number) {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (var i = 0; i < number; i++) {
        sockets.add(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
      }
      for (var socket : sockets) {
        socket.close();
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
