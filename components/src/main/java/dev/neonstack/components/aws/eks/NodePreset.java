package dev.neonstack.components.aws.eks;

import java.util.Arrays;
import java.util.List;

/** Node groups for a size of installation, to be taken as they are or as a start. */
public enum NodePreset {
  /** To learn on: three small nodes, on which everything runs. */
  MINIMAL,
  /** Storage and the rest on three large nodes, endpoints on nodes that come and go. */
  STANDARD,
  /** Each on nodes of its own; storage caches on local NVMe disks. */
  PRODUCTION;

  private static final int NODES = 3;
  private static final int ROOT_VOLUME_GIB = 100;

  /** Endpoints keep their data on it while they run. */
  private static final int COMPUTE_ROOT_VOLUME_GIB = 200;

  /** What it consists of. */
  public List<NodeGroupSpec> groups() {
    return switch (this) {
      case MINIMAL -> List.of(fixed(Purpose.SYSTEM, LocalDisks.NONE, "t3.large"));
      case STANDARD ->
          List.of(
              fixed(Purpose.SYSTEM, LocalDisks.NONE, "m7i.4xlarge"),
              compute(6, "m7i.2xlarge", "m6i.2xlarge"));
      case PRODUCTION ->
          List.of(
              fixed(Purpose.SYSTEM, LocalDisks.NONE, "m7i.xlarge"),
              fixed(Purpose.STORAGE, LocalDisks.STATIC, "i4i.4xlarge", "i7i.4xlarge"),
              compute(20, "m7i.2xlarge", "m6i.2xlarge", "m7a.2xlarge", "m6a.2xlarge"));
    };
  }

  private static NodeGroupSpec fixed(Purpose purpose, LocalDisks localDisks, String... types) {
    return new NodeGroupSpec(
        purpose.word(), purpose, types(types), NODES, NODES, NODES, ROOT_VOLUME_GIB, localDisks);
  }

  /** Of one size, so that an autoscaler knows what it gets; none until one is needed. */
  private static NodeGroupSpec compute(int max, String... types) {
    return new NodeGroupSpec(
        Purpose.COMPUTE.word(),
        Purpose.COMPUTE,
        types(types),
        0,
        0,
        max,
        COMPUTE_ROOT_VOLUME_GIB,
        LocalDisks.NONE);
  }

  private static List<InstanceType> types(String... types) {
    return Arrays.stream(types).map(InstanceType::parse).toList();
  }
}
