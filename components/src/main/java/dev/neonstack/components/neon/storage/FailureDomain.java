package dev.neonstack.components.neon.storage;

/**
 * What Neon calls an availability zone. Replicas of a set never share one, so that each is named
 * for its ordinal; a pod cannot read the labels of its node.
 */
final class FailureDomain {
  /** The ordinal follows after a dash. */
  static final String PREFIX = "domain";

  private FailureDomain() {}
}
