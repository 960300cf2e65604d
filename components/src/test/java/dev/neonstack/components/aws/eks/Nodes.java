package dev.neonstack.components.aws.eks;

import java.util.Arrays;
import java.util.List;

/** Node groups for tests. */
final class Nodes {
  private Nodes() {}

  static NodeGroupSpec group(
      String name, Purpose purpose, int min, int desired, int max, String... types) {
    return new NodeGroupSpec(name, purpose, types(types), min, desired, max, 50, LocalDisks.NONE);
  }

  static NodeGroupSpec withDisks(LocalDisks disks, String... types) {
    return new NodeGroupSpec("storage", Purpose.STORAGE, types(types), 3, 3, 3, 50, disks);
  }

  private static List<InstanceType> types(String... types) {
    return Arrays.stream(types).map(InstanceType::parse).toList();
  }
}
