package dev.neonstack.components.neon.storage;

import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Role;

/** Where the servers of the storage are reached from inside the cluster. */
public final class Addresses {
  private Addresses() {}

  public static String storageBroker(Home home) {
    return url(home.host(Role.STORAGE_BROKER.word()), Ports.STORAGE_BROKER);
  }

  public static String storageController(Home home) {
    return url(home.host(Role.STORAGE_CONTROLLER.word()), Ports.STORAGE_CONTROLLER);
  }

  public static String controlPlane(Home home) {
    return url(home.host(Role.CONTROL_PLANE.word()), Ports.CONTROL_PLANE);
  }

  private static String url(String host, int port) {
    return "http://%s:%d".formatted(host, port);
  }
}
