package dev.neonstack.components.aws.eks;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;

/** An add-on as pulumi-eks makes it. */
final class RemoteAddon extends ComponentResource {
  RemoteAddon(String name, Args args, ComponentResourceOptions options) {
    super("eks:index:Addon", name, args, PulumiEks.options(options), true);
  }

  /** The SDK reads the fields by reflection. */
  @SuppressWarnings("UnusedVariable")
  static final class Args extends ResourceArgs {
    @Import(name = "addonName", required = true)
    private final Output<String> addonName;

    @Import(name = "addonVersion")
    private final Output<String> addonVersion;

    @Import(name = "cluster", required = true)
    private final Output<RemoteCluster> cluster;

    @Import(name = "serviceAccountRoleArn")
    private final Output<String> serviceAccountRoleArn;

    /** What somebody changed by hand is changed back, as anywhere else. */
    @Import(name = "resolveConflictsOnCreate")
    private final Output<String> resolveConflictsOnCreate = Output.of("OVERWRITE");

    @Import(name = "resolveConflictsOnUpdate")
    private final Output<String> resolveConflictsOnUpdate = Output.of("OVERWRITE");

    Args(
        EksAddon addon,
        Optional<String> version,
        RemoteCluster cluster,
        Optional<Output<String>> roleArn) {
      this.addonName = Output.of(addon.addonName());
      this.addonVersion = Output.ofNullable(version.orElse(null));
      this.cluster = Output.of(cluster);
      this.serviceAccountRoleArn = roleArn.orElse(Output.ofNullable(null));
    }
  }
}
