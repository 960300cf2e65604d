package dev.neonstack.it.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A machine that kwok plays.
 *
 * @param taint key of a taint that keeps away whoever does not tolerate it
 */
public record KubeNode(String name, String zone, Room room, String role, Optional<String> taint) {
  static final String ROLE = "neonstack.dev/node";

  /**
   * Three zones, named as those of AWS, each with a node for anybody, a large one for storage alone
   * and one for computes alone.
   */
  static final List<KubeNode> THREE_ZONES =
      Stream.of("us-east-1a", "us-east-1b", "us-east-1c")
          .flatMap(zone -> Stream.of(system(zone), storage(zone), compute(zone)))
          .toList();

  /** Three zones, each with a machine of type t3.large. */
  public static final List<KubeNode> SMALL =
      Stream.of("us-east-1a", "us-east-1b", "us-east-1c")
          .map(
              zone ->
                  new KubeNode("small-" + zone, zone, Room.T3_LARGE, "system", Optional.empty()))
          .toList();

  /** What pods may ask for on a machine, and how many there may be. */
  record Room(String cpu, String memory, int pods) {
    /**
     * Of 2 CPUs, 8 GiB and 35 pods there is left what kubelet, the system and the cluster's own
     * pods do not take: those of each node, and their share of those that are somewhere.
     */
    private static final Room T3_LARGE = new Room("1500m", "6Gi", 25);

    private static final Room MIDDLE = new Room("32", "128Gi", 110);
    private static final Room LARGE = new Room("64", "256Gi", 110);
  }

  private static KubeNode system(String zone) {
    return new KubeNode("system-" + zone, zone, Room.MIDDLE, "system", Optional.empty());
  }

  private static KubeNode storage(String zone) {
    return new KubeNode("storage-" + zone, zone, Room.LARGE, "storage", Optional.of(ROLE));
  }

  private static KubeNode compute(String zone) {
    return new KubeNode("compute-" + zone, zone, Room.MIDDLE, "compute", Optional.of(ROLE));
  }

  JsonNode manifest() {
    var mapper = new ObjectMapper();
    var node = mapper.createObjectNode().put("apiVersion", "v1").put("kind", "Node");
    var metadata = node.putObject("metadata").put("name", name);
    metadata.putObject("annotations").put("kwok.x-k8s.io/node", "fake");
    labels().forEach(metadata.putObject("labels")::put);
    taint.ifPresent(
        key ->
            node.putObject("spec")
                .putArray("taints")
                .addObject()
                .put("key", key)
                .put("value", role)
                .put("effect", "NoSchedule"));
    var status = node.putObject("status");
    amounts(status.putObject("allocatable"));
    amounts(status.putObject("capacity"));
    return node;
  }

  private Map<String, String> labels() {
    return Map.of(
        "kubernetes.io/hostname",
        name,
        "kubernetes.io/os",
        "linux",
        "kubernetes.io/arch",
        "amd64",
        "topology.kubernetes.io/zone",
        zone,
        ROLE,
        role);
  }

  private void amounts(ObjectNode amounts) {
    amounts.put("cpu", room.cpu()).put("memory", room.memory());
    amounts.put("pods", Integer.toString(room.pods()));
  }
}
