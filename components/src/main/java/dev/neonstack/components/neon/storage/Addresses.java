package dev.neonstack.components.neon.storage;

import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.Services;
import java.util.List;
import java.util.stream.IntStream;

/** Where Neon's servers are reached from inside the cluster. */
public final class Addresses {
  private Addresses() {}

  public static String storageBroker(Home home) {
    return url(home.host(Role.STORAGE_BROKER.word()), Ports.STORAGE_BROKER);
  }

  public static String storageController(Home home) {
    return url(home.host(Role.STORAGE_CONTROLLER.word()), Ports.STORAGE_CONTROLLER);
  }

  /** The HTTP of each of so many safekeepers. */
  public static List<String> safekeepers(Home home, int count) {
    return IntStream.range(0, count)
        .mapToObj(ordinal -> Services.podName(Role.SAFEKEEPER, ordinal))
        .map(pod -> url(home.host(pod), Ports.SAFEKEEPER_HTTP))
        .toList();
  }

  /** Where clients of the control plane's API go. */
  public static String controlPlaneApi(Home home) {
    return url(home.host(Role.CONTROL_PLANE.word()), Ports.CONTROL_PLANE_API);
  }

  /** Where the other servers call the control plane. */
  public static String controlPlane(Home home) {
    return url(home.host(Role.CONTROL_PLANE.word()), Ports.CONTROL_PLANE);
  }

  private static String url(String host, int port) {
    return "http://%s:%d".formatted(host, port);
  }
}
