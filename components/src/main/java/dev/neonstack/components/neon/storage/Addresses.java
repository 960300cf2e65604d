package dev.neonstack.components.neon.storage;

import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Role;

/** Where Neon's servers are reached from inside the cluster. */
public final class Addresses {
  private Addresses() {}

  public static String storageBroker(Home home) {
    return url(home.host(Role.STORAGE_BROKER.word()), Ports.STORAGE_BROKER);
  }

  public static String storageController(Home home) {
    return url(home.host(Role.STORAGE_CONTROLLER.word()), Ports.STORAGE_CONTROLLER);
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
