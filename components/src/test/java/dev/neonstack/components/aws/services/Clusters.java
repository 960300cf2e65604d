package dev.neonstack.components.aws.services;

import com.pulumi.core.Output;
import dev.neonstack.components.aws.RecordedAccount;
import dev.neonstack.components.aws.iam.ClusterIdentity;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import java.util.Optional;

/** Clusters that tests put services in. */
final class Clusters {
  static final String ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/0123";
  static final HostedZone ZONE = new HostedZone("Z0123456789ABC", "db.example.com");

  private Clusters() {}

  static ServiceCluster of(WorkloadIdentity workloads) {
    return new ServiceCluster(
        new ClusterIdentity(
            Output.of("one"),
            Output.of("arn:aws:iam::%s:oidc-provider/%s".formatted(RecordedAccount.ID, ISSUER)),
            Output.of(ISSUER)),
        workloads,
        Optional.empty(),
        "aws",
        "eu-central-1",
        Output.of(RecordedAccount.ID),
        Output.of("vpc-01"));
  }

  static ServiceCluster irsa() {
    return of(WorkloadIdentity.IRSA);
  }
}
