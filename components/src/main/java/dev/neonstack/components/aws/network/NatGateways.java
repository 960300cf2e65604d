package dev.neonstack.components.aws.network;

/** How many NAT gateways private subnets reach the internet by. */
public enum NatGateways {
  /** One for all zones: cheaper, and gone with its zone. */
  ONE,
  /** One in each zone: no zone depends on another, and no traffic between zones is paid for. */
  PER_ZONE
}
