package dev.neonstack.components.aws.eks;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a node is told at its first start. EKS adds how to join the cluster, for which it takes MIME
 * parts only.
 */
final class NodeUserData {
  private static final String RAID0 =
      """
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="NODECONFIG"

      --NODECONFIG
      Content-Type: application/node.eks.aws

      apiVersion: node.eks.aws/v1alpha1
      kind: NodeConfig
      spec:
        instance:
          localStorage:
            strategy: RAID0

      --NODECONFIG--
      """;

  private NodeUserData() {}

  /** As a launch template takes it; absent: there is nothing to say. */
  static Optional<String> of(LocalDisks disks) {
    return switch (disks) {
      case NONE, STATIC, CSI -> Optional.empty();
      case RAID0 ->
          Optional.of(Base64.getEncoder().encodeToString(RAID0.getBytes(StandardCharsets.UTF_8)));
    };
  }
}
