package dev.neonstack.components.aws.eks;

import com.pulumi.resources.ComponentResourceOptions;

/** The plugin that our bindings are bindings of. */
final class PulumiEks {
  /** The version whose interface they follow, property by property. */
  static final String PLUGIN = "4.3.0";

  private PulumiEks() {}

  static ComponentResourceOptions pinned(ComponentResourceOptions options) {
    return ComponentResourceOptions.merge(
        ComponentResourceOptions.builder().version(PLUGIN).build(), options);
  }
}
