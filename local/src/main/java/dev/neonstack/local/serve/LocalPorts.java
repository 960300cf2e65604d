package dev.neonstack.local.serve;

import dev.neonstack.local.client.LocalProcessException;
import dev.neonstack.local.port.PortHolder;
import java.util.Map;

/**
 * Where the local process listens on 127.0.0.1; 0 is any free port.
 *
 * @param storage the emulator
 * @param controlPlane the control plane
 * @param firstPostgres the lowest port an endpoint may get
 */
public record LocalPorts(int storage, int controlPlane, int firstPostgres) {

  /** Names the port of the emulator. */
  public static final String STORAGE = "NEONSTACK_STORAGE_PORT";

  /** Names the port of the control plane. */
  public static final String CONTROL_PLANE = "NEONSTACK_API_PORT";

  /** Names the first port of the endpoints. */
  public static final String FIRST_POSTGRES = "NEONSTACK_POSTGRES_PORT";

  private static final int HIGHEST = 65_535;

  /** The ports this environment names, else the usual ones. */
  public static LocalPorts fromEnvironment(Map<String, String> environment) {
    return new LocalPorts(
        port(environment, STORAGE, 9898),
        port(environment, CONTROL_PLANE, 9899),
        port(environment, FIRST_POSTGRES, 55_432));
  }

  private static int port(Map<String, String> environment, String name, int usual) {
    var text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return usual;
    }
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > HIGHEST) {
      throw new LocalProcessException(
          name
              + " is '"
              + text
              + "'; expected a port, 1 to "
              + HIGHEST
              + ", or 0 for any free one");
    }
    return Integer.parseInt(text);
  }

  /** Says which port is taken, and by which variable another can be chosen. */
  public void requireFree() {
    requireFree("the storage API", storage, STORAGE);
    requireFree("the control plane", controlPlane, CONTROL_PLANE);
    if (storage == controlPlane && storage != 0) {
      throw new LocalProcessException(
          STORAGE
              + " and "
              + CONTROL_PLANE
              + " are both "
              + storage
              + "; give them different ports");
    }
  }

  private static void requireFree(String what, int port, String variable) {
    var obstacle = PortHolder.obstacle(port);
    if (obstacle.isPresent()) {
      throw new LocalProcessException(
          "port "
              + port
              + " of 127.0.0.1, which "
              + what
              + " needs, "
              + obstacle.get()
              + "; free it, or set "
              + variable
              + " to another port (0 for any free one)");
    }
  }
}
