package dev.neonstack.it.aws;

import dev.neonstack.it.harness.ShippedConfig;

/** The configurations of stacks on AWS as they are given to users, in the account of the tests. */
final class AwsConfigs {
  private AwsConfigs() {}

  /** {@code Pulumi.dev.yaml}. */
  static ShippedConfig dev() {
    return yours(ShippedConfig.read("Pulumi.dev.yaml"));
  }

  /** The example of a large stack. */
  static ShippedConfig production() {
    return yours(ShippedConfig.read("docs/examples/Pulumi.prod.yaml"));
  }

  private static ShippedConfig yours(ShippedConfig shipped) {
    return shipped
        .with("accountId: \"123456789012\"", "accountId: \"" + Templates.ACCOUNT + "\"")
        .with("203.0.113.7/32", "198.18.0.7/32");
  }
}
