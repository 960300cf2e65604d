package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import dev.neonstack.components.aws.iam.ClusterIdentity;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The EKS cluster that services run in, and where it is.
 *
 * @param workloads how pods become roles
 * @param permissionsBoundary ARN of a policy that bounds every role
 * @param partition such as {@code aws} or {@code aws-cn}
 */
public record ServiceCluster(
    ClusterIdentity identity,
    WorkloadIdentity workloads,
    Optional<Output<String>> permissionsBoundary,
    String partition,
    String region,
    Output<String> accountId,
    Output<String> vpcId) {
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

  public ServiceCluster {
    requireNonNull(identity, "identity is null");
    requireNonNull(workloads, "workloads is null");
    requireNonNull(permissionsBoundary, "permissionsBoundary is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(vpcId, "vpcId is null");
    if (!partition.matches("aws[a-z-]*")) {
      throw new IllegalArgumentException(
          "partition is '%s'; expected one of AWS, such as aws".formatted(partition));
    }
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException(
          "region is '%s'; expected one of AWS, such as eu-central-1".formatted(region));
    }
  }

  /** The ARN of something in the account and the region; it may hold wildcards. */
  Output<String> arn(String service, String resource) {
    return accountId.applyValue(
        account -> "arn:%s:%s:%s:%s:%s".formatted(partition, service, region, account, resource));
  }

  /** The ARN of something AWS keeps in no account, such as an image, or in no region either. */
  Output<String> publicArn(String service, String place, String resource) {
    return Output.of("arn:%s:%s:%s::%s".formatted(partition, service, place, resource));
  }

  Output<String> name() {
    return identity.clusterName();
  }

  /** The key of the tag that says what belongs to the cluster. */
  Output<String> ownershipTag(String prefix) {
    return name().applyValue(name -> "%s/kubernetes.io/cluster/%s".formatted(prefix, name));
  }
}
