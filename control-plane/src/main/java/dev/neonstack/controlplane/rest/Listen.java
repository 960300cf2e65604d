package dev.neonstack.controlplane.rest;

import dev.neonstack.web.Hosts;
import java.net.URI;

/**
 * Where a control plane listens.
 *
 * @param host an address or a name of this machine; {@code 0.0.0.0} is all of its addresses
 * @param port 0 takes any free one
 * @param hosts the names by which it may be called
 */
public record Listen(String host, int port, Hosts hosts) {
  /** For those on this machine only. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int HIGHEST_PORT = 65_535;

  public Listen {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty; expected an address such as " + LOOPBACK);
    }
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port of the control plane is " + port + "; expected 0 to " + HIGHEST_PORT);
    }
  }

  /** Called by the names of this machine for itself where others cannot call, else by any. */
  public Listen(String host, int port) {
    this(host, port, host.equals(LOOPBACK) ? Hosts.LOOPBACK : Hosts.ANY);
  }

  URI url(int actualPort) {
    var shown = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + actualPort);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
