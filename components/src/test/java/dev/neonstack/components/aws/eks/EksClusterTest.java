package dev.neonstack.components.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.aws.Provider;
import com.pulumi.aws.ProviderArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.internal.PulumiTestInternal;
import dev.neonstack.components.aws.AwsRecorder;
import dev.neonstack.components.aws.AwsRecorder.Asked;
import dev.neonstack.components.aws.network.Networks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EksClusterTest {
  private static final String CLUSTER = "eks:index:Cluster";
  private static final String KEY = "aws:kms/key:Key";
  private static final String LOGS = "aws:cloudwatch/logGroup:LogGroup";

  private final AwsRecorder aws = new AwsRecorder();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everythingIsAChildOfTheCluster(boolean preview) {
    aws.run(preview, context -> Clusters.cluster(Clusters.network()));

    assertThat(aws.the("neonstack:aws:EksCluster").name()).isEqualTo("eks");
    for (var type : List.of(CLUSTER, KEY, LOGS)) {
      assertThat(aws.the(type).parent()).isEqualTo("eks");
    }
  }

  @Test
  void itIsMadeByThePinnedPluginWithoutNodesOfItsOwn() {
    var cluster = declare(Clusters.spec());

    assertThat(cluster.remote()).isTrue();
    assertThat(cluster.version()).isEqualTo("4.3.0");
    assertThat(cluster.at("name")).isEqualTo("neon");
    assertThat(cluster.at("version")).isEqualTo("1.36");
    assertThat(cluster.at("upgradePolicy", "supportType")).isEqualTo("STANDARD");
    assertThat(cluster.at("skipDefaultNodeGroup")).isEqualTo(true);
    assertThat(cluster.at("skipDefaultSecurityGroups")).isEqualTo(true);
    assertThat(cluster.at("createOidcProvider")).isEqualTo(true);
    assertThat(cluster.at("storageClasses")).isEqualTo("absent");
  }

  @Test
  void itIsInTheAccountOfTheProviderThatIsGiven() {
    aws.run(
        context -> {
          var account =
              new Provider("account", ProviderArgs.builder().region("eu-central-1").build());
          new EksCluster(
              "eks",
              Clusters.spec(),
              Clusters.network(),
              ComponentResourceOptions.builder().providers(account).build());
        });

    assertThat(aws.the(CLUSTER).providers().get("aws"))
        .endsWith("pulumi:providers:aws::account::account-id");
  }

  @Test
  void itIsInThePrivateSubnetsWithItsOwnServiceAddresses() {
    var cluster = declare(Clusters.spec());

    assertThat(cluster.at("vpcId")).isEqualTo("net-id");
    assertThat(cluster.at("privateSubnetIds"))
        .isEqualTo(
            List.of(
                "net-private-eu-central-1a-id",
                "net-private-eu-central-1b-id",
                "net-private-eu-central-1c-id"));
    assertThat(cluster.at("publicSubnetIds")).isEqualTo("absent");
    assertThat(cluster.at("kubernetesServiceIpAddressRange")).isEqualTo("172.20.0.0/16");
  }

  @Test
  void fromOutsideOnlyListedNetworksReachTheApiServer() {
    var cluster = declare(Clusters.spec());

    assertThat(cluster.at("endpointPrivateAccess")).isEqualTo(true);
    assertThat(cluster.at("endpointPublicAccess")).isEqualTo(true);
    assertThat(cluster.at("publicAccessCidrs")).isEqualTo(List.of("198.51.100.0/24"));
  }

  @Test
  void withoutAListNobodyOutsideReachesTheApiServer() {
    var cluster = declare(Clusters.reachedFrom());

    assertThat(cluster.at("endpointPrivateAccess")).isEqualTo(true);
    assertThat(cluster.at("endpointPublicAccess")).isEqualTo(false);
    assertThat(cluster.at("publicAccessCidrs")).isEqualTo("absent");
  }

  @Test
  void administratorsGetInByEntriesForTheWholeCluster() {
    var cluster = declare(Clusters.spec());

    assertThat(cluster.at("authenticationMode")).isEqualTo("API");
    assertThat(cluster.at("accessEntries"))
        .isEqualTo(
            Map.of(
                "platform",
                Map.of(
                    "principalArn",
                    "arn:aws:iam::123456789012:role/platform",
                    "accessPolicies",
                    Map.of(
                        "admin",
                        Map.of(
                            "policyArn",
                            "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                            "accessScope",
                            Map.of("type", "cluster"))))));
  }

  @Test
  void secretsAreEncryptedWithAKeyThatRotates() {
    var cluster = declare(Clusters.spec());

    var key = aws.the(KEY, "eks-secrets");
    assertThat(cluster.at("encryptionConfigKeyArn")).isEqualTo("arn:of:eks-secrets");
    assertThat(key.at("enableKeyRotation")).isEqualTo(true);
    assertThat(key.at("deletionWindowInDays")).isEqualTo(30.0);
  }

  @Test
  void allLogsAreWrittenToAGroupThatForgets() {
    var cluster = declare(Clusters.spec());

    assertThat(cluster.at("enabledClusterLogTypes"))
        .isEqualTo(List.of("api", "audit", "authenticator", "controllerManager", "scheduler"));
    assertThat(aws.the(LOGS).at("name")).isEqualTo("/aws/eks/neon/cluster");
    assertThat(aws.the(LOGS).at("retentionInDays")).isEqualTo(90.0);
    assertThat(cluster.dependencies()).contains("eks-logs");
  }

  @Test
  void deletionProtectionIsOfTheClusterAndItsKey() {
    assertThat(declare(Clusters.spec()).at("deletionProtection")).isEqualTo(true);
    assertThat(aws.the(KEY).protect()).isTrue();
  }

  @Test
  void withoutProtectionAndLogsBothAreLeftOut() {
    var cluster = declare(bare(AddonVersions.NONE));

    assertThat(cluster.at("deletionProtection")).isEqualTo(false);
    assertThat(aws.the(KEY).protect()).isFalse();
    assertThat(cluster.at("enabledClusterLogTypes")).isEqualTo(List.of());
    assertThat(cluster.at("accessEntries")).isEqualTo(Map.of());
  }

  @Test
  void theNetworkAddonEnforcesPoliciesAndCorednsWaitsForNodes() {
    var cluster = declare(Clusters.spec());

    assertThat(cluster.at("vpcCniOptions")).isEqualTo(Map.of("enableNetworkPolicy", true));
    assertThat(cluster.at("kubeProxyAddonOptions")).isEqualTo(Map.of("enabled", true));
    assertThat(cluster.at("corednsAddonOptions")).isEqualTo(Map.of("enabled", false));
    assertThat(cluster.at("bootstrapSelfManagedAddons")).isEqualTo(false);
  }

  @Test
  void versionsOfAddonsCanBePinned() {
    var cluster =
        declare(
            bare(
                new AddonVersions(
                    Map.of(
                        EksAddon.VPC_CNI, "v1.20.4-eksbuild.2",
                        EksAddon.KUBE_PROXY, "v1.36.0-eksbuild.1"))));

    assertThat(cluster.at("vpcCniOptions", "addonVersion")).isEqualTo("v1.20.4-eksbuild.2");
    assertThat(cluster.at("kubeProxyAddonOptions", "version")).isEqualTo("v1.36.0-eksbuild.1");
  }

  @Test
  void itSaysWhatOthersBuildOnAndKeepsTheKubeconfigSecret() {
    aws.run(
        context -> {
          var cluster = Clusters.cluster(Clusters.network());
          assertThat(PulumiTest.extractValue(cluster.name())).isEqualTo("neon");
          assertThat(PulumiTest.extractValue(cluster.issuerHost())).isEqualTo("oidc.example/id/1");
          assertThat(PulumiTest.extractValue(cluster.oidcProviderArn())).isEqualTo("arn:of:oidc");
          assertThat(PulumiTest.extractValue(cluster.nodeSecurityGroupId())).isEqualTo("sg-of-eks");
          assertThat(PulumiTest.extractValue(cluster.kubeconfig())).isEqualTo("{\"users\":[]}");
          assertThat(PulumiTestInternal.extractOutputData(cluster.kubeconfig()).isSecret())
              .isTrue();
          assertThat(PulumiTestInternal.extractOutputData(cluster.name()).isSecret()).isFalse();
          assertThat(cluster.version()).isEqualTo(EksVersion.DEFAULT);
        });
  }

  private static EksClusterSpec bare(AddonVersions versions) {
    return new EksClusterSpec(
        "neon",
        EksVersion.MINIMUM,
        Networks.VPC,
        Clusters.SERVICES,
        List.of(),
        Map.of(),
        Set.of(),
        30,
        false,
        versions);
  }

  private Asked declare(EksClusterSpec spec) {
    aws.run(context -> new EksCluster("eks", spec, Clusters.network(), null));
    return aws.the(CLUSTER);
  }
}
