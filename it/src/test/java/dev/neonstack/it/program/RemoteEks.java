package dev.neonstack.it.program;

import com.pulumi.aws.iam.Role;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;

/** Components of pulumi-eks, with what a test wants of them. */
final class RemoteEks {
  private static final String PACKAGE = "eks:index:";

  private RemoteEks() {}

  static final class Cluster extends ComponentResource {
    @Export(name = "kubeconfigJson", refs = String.class, tree = "[0]")
    private Output<String> kubeconfigJson;

    @Export(name = "oidcIssuer", refs = String.class, tree = "[0]")
    private Output<String> oidcIssuer;

    @Export(name = "nodeSecurityGroupId", refs = String.class, tree = "[0]")
    private Output<String> nodeSecurityGroupId;

    Cluster(String name, Output<List<String>> subnets, ComponentResourceOptions options) {
      super(PACKAGE + "Cluster", name, new ClusterArgs(name, subnets), options, true);
    }

    Output<String> kubeconfigJson() {
      return kubeconfigJson;
    }

    Output<String> oidcIssuer() {
      return oidcIssuer;
    }

    Output<String> nodeSecurityGroupId() {
      return nodeSecurityGroupId;
    }
  }

  static final class NodeGroup extends ComponentResource {
    NodeGroup(String name, Cluster cluster, Role role, int most, ComponentResourceOptions options) {
      super(
          PACKAGE + "ManagedNodeGroup",
          name,
          new NodeGroupArgs(cluster, role, most),
          options,
          true);
    }
  }

  static final class Addon extends ComponentResource {
    Addon(String name, Cluster cluster, ComponentResourceOptions options) {
      super(PACKAGE + "Addon", name, new AddonArgs(cluster), options, true);
    }
  }

  /** The SDK reads the fields by reflection. */
  @SuppressWarnings("UnusedVariable")
  private static final class ClusterArgs extends ResourceArgs {
    @Import(name = "name")
    private final Output<String> name;

    @Import(name = "version")
    private final Output<String> version = Output.of("1.36");

    @Import(name = "subnetIds")
    private final Output<List<String>> subnetIds;

    @Import(name = "authenticationMode")
    private final String authenticationMode = "API";

    @Import(name = "createOidcProvider")
    private final Output<Boolean> createOidcProvider = Output.of(true);

    @Import(name = "skipDefaultNodeGroup")
    private final Boolean skipDefaultNodeGroup = true;

    @Import(name = "skipDefaultSecurityGroups")
    private final Boolean skipDefaultSecurityGroups = true;

    ClusterArgs(String name, Output<List<String>> subnetIds) {
      this.name = Output.of(name);
      this.subnetIds = subnetIds;
    }
  }

  /** The SDK reads the fields by reflection. */
  @SuppressWarnings("UnusedVariable")
  private static final class NodeGroupArgs extends ResourceArgs {
    @Import(name = "cluster", required = true)
    private final Output<Cluster> cluster;

    @Import(name = "nodeRole")
    private final Output<Role> nodeRole;

    @Import(name = "instanceTypes")
    private final Output<List<String>> instanceTypes = Output.of(List.of("m7i.large"));

    @Import(name = "scalingConfig")
    private final Output<Map<String, Integer>> scalingConfig;

    NodeGroupArgs(Cluster cluster, Role nodeRole, int most) {
      this.cluster = Output.of(cluster);
      this.nodeRole = Output.of(nodeRole);
      this.scalingConfig = Output.of(Map.of("minSize", 1, "desiredSize", 2, "maxSize", most));
    }
  }

  /** The SDK reads the fields by reflection. */
  @SuppressWarnings("UnusedVariable")
  private static final class AddonArgs extends ResourceArgs {
    @Import(name = "cluster", required = true)
    private final Output<Cluster> cluster;

    @Import(name = "addonName", required = true)
    private final Output<String> addonName = Output.of("aws-ebs-csi-driver");

    AddonArgs(Cluster cluster) {
      this.cluster = Output.of(cluster);
    }
  }
}
