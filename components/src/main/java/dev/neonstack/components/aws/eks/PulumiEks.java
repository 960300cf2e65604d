package dev.neonstack.components.aws.eks;

import com.pulumi.core.internal.Internal;
import com.pulumi.resources.ComponentResourceOptions;

/** The plugin that our bindings are bindings of. */
final class PulumiEks {
  /** The version whose interface they follow, property by property. */
  static final String PLUGIN = "4.3.0";

  /** The SDK asks for the provider of a resource by its type; any one of AWS will do. */
  private static final String OF_AWS = "aws:eks/cluster:Cluster";

  private PulumiEks() {}

  /**
   * The options of one of its components: made by that version, in the account of its parent. The
   * SDK hands the providers of a parent on to each child but to a component of a plugin, whose
   * children would be made with the region and the credentials of the environment.
   */
  static ComponentResourceOptions options(ComponentResourceOptions given) {
    var own = ComponentResourceOptions.builder().version(PLUGIN);
    given
        .getParent()
        .flatMap(parent -> Internal.from(parent).getProvider(OF_AWS))
        .ifPresent(own::providers);
    return ComponentResourceOptions.merge(own.build(), given);
  }
}
