package dev.neonstack.components.aws.services;

/** Who adds nodes for computes, and takes them away. */
public enum Autoscaler {
  /** Nobody: node groups keep the size they were given. */
  NONE,
  /** {@link ClusterAutoscaler}, within the bounds of the node groups. */
  CLUSTER_AUTOSCALER,
  /** {@link Karpenter}, without node groups for computes. */
  KARPENTER
}
