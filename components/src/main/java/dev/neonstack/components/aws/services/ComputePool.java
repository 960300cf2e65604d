package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import dev.neonstack.components.aws.eks.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Nodes for computes that Karpenter makes when pods wait for room. They carry {@link Purpose#LABEL}
 * as label and as taint, so that computes run there and nothing else does.
 *
 * @param instanceTypes of which Karpenter takes the cheapest there is
 * @param maxCpus of all nodes together
 * @param maxMemoryGiB of all nodes together
 * @param amiVersion of AL2023, such as {@code v20260701}; {@code latest} replaces every node,
 *     sessions included, whenever AWS publishes an image
 * @param rootVolumeGiB size of each node's root volume
 * @param maxAge after which a node is replaced, so that none stays unpatched
 */
public record ComputePool(
    List<String> instanceTypes,
    Capacity capacity,
    int maxCpus,
    int maxMemoryGiB,
    String amiVersion,
    int rootVolumeGiB,
    Duration maxAge,
    Network network,
    Map<String, String> tags) {
  /** As Karpenter has it: 30 days. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(30);

  /** Enough for the images of computes of every version and their scratch files. */
  public static final int DEFAULT_ROOT_VOLUME_GIB = 100;

  static final String NAME = "neon-compute";

  private static final Pattern INSTANCE_TYPE = Pattern.compile("[a-z0-9-]+\\.[a-z0-9-]+");
  private static final Pattern AMI_VERSION = Pattern.compile("latest|v20[0-9]{6}");

  /** Long enough that a database that wakes again finds its node. */
  private static final Duration EMPTY_FOR = Duration.ofMinutes(5);

  public ComputePool {
    instanceTypes = List.copyOf(instanceTypes);
    tags = Map.copyOf(tags);
    requireNonNull(capacity, "capacity is null");
    requireNonNull(maxAge, "maxAge is null");
    requireNonNull(network, "network is null");
    if (instanceTypes.isEmpty()) {
      throw new IllegalArgumentException("instanceTypes is empty; expected one or more");
    }
    for (var type : instanceTypes) {
      if (!INSTANCE_TYPE.matcher(type).matches()) {
        throw new IllegalArgumentException(
            "instance type is '%s'; expected one of EC2, such as m7i.xlarge".formatted(type));
      }
    }
    if (!AMI_VERSION.matcher(amiVersion).matches()) {
      throw new IllegalArgumentException(
          "amiVersion is '%s'; expected latest, or a release of AL2023 such as v20260701"
              .formatted(amiVersion));
    }
    atLeast("maxCpus", maxCpus, 1);
    atLeast("maxMemoryGiB", maxMemoryGiB, 1);
    atLeast("rootVolumeGiB", rootVolumeGiB, 20);
    atLeast("maxAge in hours", (int) maxAge.toHours(), 1);
  }

  /** How EC2 sells the nodes. */
  public enum Capacity {
    ON_DEMAND,
    /** For less, and taken away with two minutes' notice; sessions on the node are cut off. */
    SPOT;

    /** As Karpenter writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Where the nodes are: private subnets, and the groups that let nodes and cluster talk. */
  public record Network(List<Output<String>> subnetIds, List<Output<String>> securityGroupIds) {
    public Network {
      subnetIds = List.copyOf(subnetIds);
      securityGroupIds = List.copyOf(securityGroupIds);
      if (subnetIds.isEmpty() || securityGroupIds.isEmpty()) {
        throw new IllegalArgumentException(
            "%d subnets and %d security groups are given; expected one or more of each"
                .formatted(subnetIds.size(), securityGroupIds.size()));
      }
    }
  }

  /** The spec of the EC2NodeClass. */
  Map<String, Object> nodeClass(Output<String> instanceProfile) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("instanceProfile", instanceProfile);
    spec.put("amiSelectorTerms", List.of(Map.of("alias", "al2023@" + amiVersion)));
    spec.put("subnetSelectorTerms", ids(network.subnetIds()));
    spec.put("securityGroupSelectorTerms", ids(network.securityGroupIds()));
    spec.put(
        "metadataOptions",
        Map.of(
            "httpEndpoint", "enabled",
            "httpProtocolIPv6", "disabled",
            "httpPutResponseHopLimit", 1,
            "httpTokens", "required"));
    spec.put("blockDeviceMappings", List.of(rootVolume()));
    spec.put("tags", new TreeMap<>(tags));
    return spec;
  }

  /**
   * The spec of the NodePool. Only empty nodes are taken away: to move a compute off a node that is
   * merely not full would cut its sessions off.
   */
  Map<String, Object> nodePool() {
    var node = new LinkedHashMap<String, Object>();
    node.put(
        "nodeClassRef", Map.of("group", "karpenter.k8s.aws", "kind", "EC2NodeClass", "name", NAME));
    node.put("expireAfter", maxAge.toHours() + "h");
    node.put("taints", List.of(taint()));
    node.put("requirements", requirements());
    return Map.of(
        "template", Map.of("metadata", Map.of("labels", Purpose.COMPUTE.labels()), "spec", node),
        "limits", Map.of("cpu", Integer.toString(maxCpus), "memory", maxMemoryGiB + "Gi"),
        "disruption",
            Map.of(
                "consolidationPolicy",
                "WhenEmpty",
                "consolidateAfter",
                EMPTY_FOR.toMinutes() + "m",
                "budgets",
                List.of(Map.of("nodes", "10%"))));
  }

  private static Map<String, Object> taint() {
    var value = Purpose.COMPUTE.labels().get(Purpose.LABEL);
    return Map.of("key", Purpose.LABEL, "value", value, "effect", "NoSchedule");
  }

  private List<Map<String, Object>> requirements() {
    var requirements = new ArrayList<Map<String, Object>>();
    requirements.add(in("node.kubernetes.io/instance-type", instanceTypes));
    requirements.add(in("karpenter.sh/capacity-type", List.of(capacity.word())));
    requirements.add(in("kubernetes.io/os", List.of("linux")));
    return requirements;
  }

  private Map<String, Object> rootVolume() {
    return Map.of(
        "deviceName",
        "/dev/xvda",
        "rootVolume",
        true,
        "ebs",
        Map.of(
            "volumeSize",
            rootVolumeGiB + "Gi",
            "volumeType",
            "gp3",
            "encrypted",
            true,
            "deleteOnTermination",
            true));
  }

  private static Map<String, Object> in(String key, List<String> values) {
    return Map.of("key", key, "operator", "In", "values", values);
  }

  private static List<Map<String, Object>> ids(List<Output<String>> ids) {
    return ids.stream().map(id -> Map.<String, Object>of("id", id)).toList();
  }

  private static void atLeast(String field, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d; expected %d or more".formatted(field, value, least));
    }
  }
}
