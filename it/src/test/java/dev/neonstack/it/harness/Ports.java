package dev.neonstack.it.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports that nobody listens on. They lie below those that kernels give to outgoing
 * connections (32768 and above on Linux), so that one is still free when its server starts.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int END = 30_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** So many different ones, none of which is given to anybody else. */
  public static List<Integer> free(int number) {
    return ThreadLocalRandom.current()
        .ints(FIRST, END)
        .boxed()
        .filter(port -> isFree(port) && GIVEN.add(port))
        .limit(number)
        .toList();
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 0, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
