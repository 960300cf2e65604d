package dev.neonstack.components.aws.eks;

import com.pulumi.aws.eks.inputs.AccessPolicyAssociationAccessScopeArgs;
import com.pulumi.aws.eks.inputs.ClusterUpgradePolicyArgs;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.neonstack.components.aws.network.Cidr;
import dev.neonstack.components.aws.network.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cluster as pulumi-eks makes it. An input that is no Output has to be known to its plugin. */
final class RemoteCluster extends ComponentResource {
  @Export(name = "kubeconfigJson", refs = String.class, tree = "[0]")
  private Output<String> kubeconfigJson;

  @Export(name = "nodeSecurityGroupId", refs = String.class, tree = "[0]")
  private Output<String> nodeSecurityGroupId;

  @Export(name = "oidcIssuer", refs = String.class, tree = "[0]")
  private Output<String> oidcIssuer;

  @Export(name = "oidcProviderArn", refs = String.class, tree = "[0]")
  private Output<String> oidcProviderArn;

  RemoteCluster(String name, Args args, ComponentResourceOptions options) {
    super("eks:index:Cluster", name, args, PulumiEks.options(options), true);
  }

  Output<String> kubeconfigJson() {
    return kubeconfigJson;
  }

  Output<String> nodeSecurityGroupId() {
    return nodeSecurityGroupId;
  }

  Output<String> oidcIssuer() {
    return oidcIssuer;
  }

  Output<String> oidcProviderArn() {
    return oidcProviderArn;
  }

  /** The SDK reads the fields by reflection. */
  @SuppressWarnings("UnusedVariable")
  static final class Args extends ResourceArgs {
    @Import(name = "name")
    private final Output<String> name;

    @Import(name = "version")
    private final Output<String> version;

    @Import(name = "upgradePolicy")
    private final Output<ClusterUpgradePolicyArgs> upgradePolicy =
        Output.of(ClusterUpgradePolicyArgs.builder().supportType("STANDARD").build());

    @Import(name = "vpcId")
    private final Output<String> vpcId;

    @Import(name = "privateSubnetIds")
    private final Output<List<String>> privateSubnetIds;

    @Import(name = "kubernetesServiceIpAddressRange")
    private final Output<String> serviceCidr;

    @Import(name = "endpointPrivateAccess")
    private final Output<Boolean> endpointPrivateAccess = Output.of(true);

    @Import(name = "endpointPublicAccess")
    private final Output<Boolean> endpointPublicAccess;

    /** Absent without public access: the plugin refuses an empty list. */
    @Import(name = "publicAccessCidrs")
    private final Output<List<String>> publicAccessCidrs;

    @Import(name = "authenticationMode")
    private final String authenticationMode = "API";

    @Import(name = "accessEntries")
    private final Map<String, AccessEntry> accessEntries;

    @Import(name = "createOidcProvider")
    private final Output<Boolean> createOidcProvider = Output.of(true);

    @Import(name = "encryptionConfigKeyArn")
    private final Output<String> encryptionConfigKeyArn;

    @Import(name = "enabledClusterLogTypes")
    private final Output<List<String>> enabledClusterLogTypes;

    @Import(name = "deletionProtection")
    private final Output<Boolean> deletionProtection;

    /** Nodes come by node groups of their own, with the security group that EKS makes for all. */
    @Import(name = "skipDefaultNodeGroup")
    private final Boolean skipDefaultNodeGroup = true;

    @Import(name = "skipDefaultSecurityGroups")
    private final Boolean skipDefaultSecurityGroups = true;

    /** Else EKS puts in add-ons of its own, which ours would have to take over. */
    @Import(name = "bootstrapSelfManagedAddons")
    private final Output<Boolean> bootstrapSelfManagedAddons = Output.of(false);

    @Import(name = "vpcCniOptions")
    private final VpcCniOptions vpcCniOptions;

    @Import(name = "kubeProxyAddonOptions")
    private final AddonOptions kubeProxyAddonOptions;

    /** It needs nodes to become healthy, and comes after them. */
    @Import(name = "corednsAddonOptions")
    private final AddonOptions corednsAddonOptions =
        new AddonOptions(false, Output.ofNullable(null));

    Args(EksClusterSpec spec, Network network, Output<String> keyArn) {
      this.name = Output.of(spec.name());
      this.version = Output.of(spec.version().toString());
      this.vpcId = network.vpcId();
      this.privateSubnetIds = network.privateSubnetIds();
      this.serviceCidr = Output.of(spec.serviceCidr().toString());
      var cidrs = spec.publicAccess().stream().map(Cidr::toString).toList();
      this.endpointPublicAccess = Output.of(!cidrs.isEmpty());
      this.publicAccessCidrs = cidrs.isEmpty() ? Output.ofNullable(null) : Output.of(cidrs);
      this.accessEntries = new TreeMap<>();
      spec.administrators().forEach((who, arn) -> accessEntries.put(who, new AccessEntry(arn)));
      this.encryptionConfigKeyArn = keyArn;
      this.enabledClusterLogTypes =
          Output.of(spec.logs().stream().map(ControlPlaneLog::type).sorted().toList());
      this.deletionProtection = Output.of(spec.deletionProtection());
      this.vpcCniOptions = new VpcCniOptions(pinned(spec, EksAddon.VPC_CNI));
      this.kubeProxyAddonOptions = new AddonOptions(true, pinned(spec, EksAddon.KUBE_PROXY));
    }

    private static Output<String> pinned(EksClusterSpec spec, EksAddon addon) {
      return Output.ofNullable(spec.addonVersions().of(addon).orElse(null));
    }
  }

  /** Who may do everything in the whole cluster. */
  @SuppressWarnings("UnusedVariable")
  static final class AccessEntry extends ResourceArgs {
    @Import(name = "principalArn", required = true)
    private final Output<String> principalArn;

    @Import(name = "accessPolicies")
    private final Map<String, AccessPolicyAssociation> accessPolicies =
        Map.of("admin", new AccessPolicyAssociation());

    AccessEntry(PrincipalArn principal) {
      this.principalArn = Output.of(principal.text());
    }
  }

  /** What an entry may do. */
  @SuppressWarnings("UnusedVariable")
  static final class AccessPolicyAssociation extends ResourceArgs {
    @Import(name = "policyArn", required = true)
    private final Output<String> policyArn =
        Output.of("arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy");

    @Import(name = "accessScope", required = true)
    private final Output<AccessPolicyAssociationAccessScopeArgs> accessScope =
        Output.of(AccessPolicyAssociationAccessScopeArgs.builder().type("cluster").build());
  }

  /** How the add-on vpc-cni is set. */
  @SuppressWarnings("UnusedVariable")
  static final class VpcCniOptions extends ResourceArgs {
    @Import(name = "enableNetworkPolicy")
    private final Output<Boolean> enableNetworkPolicy = Output.of(true);

    @Import(name = "addonVersion")
    private final Output<String> addonVersion;

    VpcCniOptions(Output<String> addonVersion) {
      this.addonVersion = addonVersion;
    }
  }

  /** How the add-on kube-proxy or coredns is set. */
  @SuppressWarnings("UnusedVariable")
  static final class AddonOptions extends ResourceArgs {
    @Import(name = "enabled")
    private final Boolean enabled;

    @Import(name = "version")
    private final Output<String> version;

    AddonOptions(boolean enabled, Output<String> version) {
      this.enabled = enabled;
      this.version = version;
    }
  }
}
