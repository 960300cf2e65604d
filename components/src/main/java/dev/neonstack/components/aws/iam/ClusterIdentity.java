package dev.neonstack.components.aws.iam;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;

/**
 * What IAM knows an EKS cluster by.
 *
 * @param issuerHost URL of the cluster's issuer of tokens without {@code https://}, as condition
 *     keys have it
 */
public record ClusterIdentity(
    Output<String> clusterName, Output<String> oidcProviderArn, Output<String> issuerHost) {
  public ClusterIdentity {
    requireNonNull(clusterName, "clusterName is null");
    requireNonNull(oidcProviderArn, "oidcProviderArn is null");
    requireNonNull(issuerHost, "issuerHost is null");
  }
}
