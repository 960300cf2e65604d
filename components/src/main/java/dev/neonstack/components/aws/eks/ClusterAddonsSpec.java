package dev.neonstack.components.aws.eks;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import java.util.Optional;

/**
 * Add-ons to have.
 *
 * @param versions of the add-ons that come after the nodes
 * @param ebsCsiRoleArn the role of the EBS CSI driver; absent: Pod Identity gives it one
 */
public record ClusterAddonsSpec(AddonVersions versions, Optional<Output<String>> ebsCsiRoleArn) {
  public ClusterAddonsSpec {
    requireNonNull(versions, "versions is null");
    requireNonNull(ebsCsiRoleArn, "ebsCsiRoleArn is null");
  }
}
