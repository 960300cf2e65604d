package dev.neonstack.components.aws.iam;

/** How pods become a role of IAM without keys. */
public enum WorkloadIdentity {
  /** By the token of their service account, which IAM checks with the cluster's OIDC provider. */
  IRSA,
  /** By the EKS Pod Identity agent, an add-on that has to be on every node. */
  POD_IDENTITY
}
