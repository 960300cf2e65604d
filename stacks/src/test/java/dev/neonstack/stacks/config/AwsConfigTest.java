package dev.neonstack.stacks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.components.aws.eks.LocalDisks;
import dev.neonstack.components.aws.eks.NodeGroupSpec;
import dev.neonstack.components.aws.eks.Purpose;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import dev.neonstack.components.aws.network.NatGateways;
import dev.neonstack.components.aws.services.Autoscaler;
import dev.neonstack.components.aws.services.CertificateSource;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.stacks.config.aws.AwsConfig;
import dev.neonstack.stacks.config.aws.AwsConfig.Images;
import dev.neonstack.stacks.config.reading.InvalidConfigException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AwsConfigTest {
  @Test
  void whatIsShippedIsRefusedUntilItIsYours() {
    assertThatThrownBy(() -> ShippedSettings.devAsShipped().read())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("2 problems")
        .hasMessageContaining("aws.accountId is '123456789012'")
        .hasMessageContaining("cluster.publicCidrs is '203.0.113.7/32'; expected your own address");
  }

  @Test
  void theSmallStackIsThreeNodesWithEverythingOnThem() {
    var aws = read(ShippedSettings.dev());

    assertThat(aws.nodes().groups())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.purpose()).isEqualTo(Purpose.SYSTEM);
              assertThat(group.instanceTypes()).hasToString("[t3.large]");
              assertThat(List.of(group.min(), group.desired(), group.max()))
                  .containsExactly(3, 3, 3);
            });
    assertThat(aws.network().nat()).isEqualTo(NatGateways.ONE);
    assertThat(aws.network().zones()).hasSize(3);
    assertThat(aws.bucket().name().text()).isEqualTo("neon-dev-111122223333");
    assertThat(aws.network().bucketNames()).containsExactly("neon-dev-111122223333");
    assertThat(aws.identity()).isEqualTo(WorkloadIdentity.IRSA);
    assertThat(aws.images()).isEqualTo(Images.MIRROR);
    assertThat(aws.cluster().deletionProtection()).isFalse();
    assertThat(aws.neon().storage().region()).isEqualTo("us-east-1");
    assertThat(aws.neon().storage().pageservers().pods().placement()).isEqualTo(Placement.ANYWHERE);
    assertThat(aws.neon().proxy()).isEmpty();
  }

  @Test
  void theLargeStackHasNodesForStorageAndProtectsWhatHoldsData() {
    var aws = read(ShippedSettings.production());

    assertThat(aws.nodes().groups()).extracting(NodeGroupSpec::purpose).contains(Purpose.STORAGE);
    assertThat(aws.nodes().autoscaler()).isEqualTo(Autoscaler.CLUSTER_AUTOSCALER);
    assertThat(aws.localVolumes().orElseThrow().storageClass()).isEqualTo("local-nvme");
    assertThat(aws.cluster().deletionProtection()).isTrue();
    assertThat(aws.network().nat()).isEqualTo(NatGateways.PER_ZONE);
    assertThat(aws.bucket().protectedData()).isTrue();
    assertThat(aws.bucket().noncurrentDays()).isEqualTo(14);
    assertThat(aws.identity()).isEqualTo(WorkloadIdentity.POD_IDENTITY);
    assertThat(aws.neon().storage().pageservers().pods().placement())
        .isEqualTo(Purpose.STORAGE.placement());
    assertThat(aws.dns().orElseThrow().certificate()).isEqualTo(CertificateSource.CERT_MANAGER);
    var proxy = aws.neon().proxy().orElseThrow();
    assertThat(proxy.tlsSecret()).isEqualTo("neon-proxy-tls");
    assertThat(proxy.exposure().annotations().toString())
        .contains("*.db.example.com", "internet-facing");
    assertThat(aws.neon().network().prometheus()).contains("monitoring");
    assertThat(aws.neon().network().healthChecks().orElseThrow().cidrs())
        .containsExactly("10.40.0.0/16");
  }

  @Test
  void objectsComeBackForAsLongAsAnyProjectIsPromised() {
    var aws =
        read(
            ShippedSettings.dev()
                .without("bucket/noncurrentDays")
                .with(
                    "projects",
                    "[{name: demo, historyRetention: 30d, branches: [{name: main, endpoint:"
                        + " {enabled: false}}]}]"));

    assertThat(aws.bucket().noncurrentDays()).isEqualTo(30);
  }

  @Test
  void groupsReplaceThoseOfThePresetAndKeepWhatTheyDoNotSay() {
    var aws =
        read(
            ShippedSettings.dev()
                .with(
                    "nodes",
                    "{preset: standard, autoscaler: karpenter, amiVersion: v20261101, groups:"
                        + " [{name: system, instanceTypes: [m7i.2xlarge]}, {name: disks, purpose:"
                        + " storage, instanceTypes: [i4i.2xlarge], min: 3, max: 3, localDisks:"
                        + " static}]}"));

    var groups = aws.nodes().groups();
    assertThat(groups).extracting(NodeGroupSpec::name).containsExactly("system", "disks");
    assertThat(groups.get(0).instanceTypes()).hasToString("[m7i.2xlarge]");
    assertThat(groups.get(0).desired()).isEqualTo(3);
    assertThat(groups.get(1).localDisks()).isEqualTo(LocalDisks.STATIC);
    assertThat(aws.nodes().pool().orElseThrow().instanceTypes())
        .hasToString("[m7i.2xlarge, m6i.2xlarge]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cluster/version | "1.28" | until 2024-11-26 and in extended support, at six times the price
          cluster/version | latest | expected a version of Kubernetes such as 1.36
          cluster/serviceCidr | 10.20.4.0/22 | apart from the VPC's, which is 10.20.0.0/16
          cluster/publicCidrs | [0.0.0.0/0] | the whole internet is asked by all of it
          cluster/name | 9neon | a letter first
          cluster/admins | {ops: someone} | cluster.admins.ops is 'someone'
          cluster/logs | [audits] | Did you mean 'audit'?
          nodes/groups | [{name: big, instanceTypes: [huge]}] | is 'huge'; expected family, generation and size
          nodes/preset | large | expected one of minimal, standard, production
          nodes/autoscaler | karpenter | no group has purpose compute
          nodes/groups | [{name: arm, instanceTypes: [m7g.large]}] | all of x86_64 or all of arm64
          cluster/addonVersions | {coredns: latest} | expected a version such as v1
          cluster/addonVersions | {core-dns: v1.12.1-eksbuild.2} | Did you mean 'coredns'?
          images/repositoryPrefix | Neon | Such as neon-second
          vpc/zones | [us-east-1a] | expected two zones or more, each once
          vpc/zones | [us-east-1a, us-east-1b] | as many zones as there are safekeepers
          vpc/zones | [eu-west-1a, us-east-1b, us-east-1c] | expected a zone of us-east-1
          vpc/cidr | 10.20.0.0/8 | vpc.cidr is '10.20.0.0/8'
          vpc/nat | two | expected one of one, per-zone
          bucket/name | My_Bucket | 3 to 63 lower case letters
          bucket/noncurrentDays | 3 | no less than historyRetention
          storageClasses | [{name: gp3-encrypted, iops: 90000}] | expected 3,000 to 16,000 for gp3
          storageClasses | [{name: gp3-encrypted, iops: 16000, throughputMiB: 250}] | 10 GiB cannot be of class gp3-encrypted
          storageClasses | [{name: gp3-encrypted}, {name: local-nvme, type: local}] | whose localDisks are csi or static
          storage/safekeepers/storageClass | fast | expected one of gp3-encrypted
          identity | keys | expected one of irsa, pod-identity
          images/source | docker | expected one of mirror, build, registry
          dns | {zoneId: zone, domain: example.com} | expected its id
          proxy | {scheme: outside} | proxy.tlsSecret is missing
          usage | {s3TiB: -1} | expected tebibytes, 0 or more
          policy | {exemptions: [{rule: none, resource: a, reason: b}]} | exemption from rule 'none'
          policy | {tag: [a]} | Did you mean 'tags'?
          """)
  void eachMistakeIsSaid(String path, String yaml, String sentence) {
    refused(settings -> settings.with(path, yaml), sentence);
  }

  @Test
  void ofAWrongClassNothingElseIsSaid() {
    refused(
        settings -> settings.with("storageClasses", "[{name: gp3-encrypted, iops: 90000}]"),
        "1 problem ",
        "iops of gp3-encrypted is 90,000");
  }

  @Test
  void productionWithoutProtectionIsRefusedWithAllThatIsWrong() {
    refused(
        settings ->
            settings
                .with("production", "true")
                .with("cluster/deletionProtection", "false")
                .with("cluster/version", "'1.30'")
                .with("bucket/name", "NO")
                .with("images/valkey", "valkey/valkey:8.1.9")
                .with("vpc/zones", "[us-east-1a]"),
        "vpc.nat is 'one'; expected per-zone, as production is true",
        "cluster.deletionProtection is 'false'; expected true, as production is true",
        "cluster.version",
        "bucket.name",
        "vpc.zones",
        "images.valkey is");
  }

  @Test
  void endpointsAreRefusedUntilThereIsAControlPlane() {
    refused(
        settings -> settings.with("projects", "[{name: demo, branches: [{name: main}]}]"),
        "expected none in target aws");
  }

  private static void refused(UnaryOperator<ShippedSettings> change, String... sentences) {
    assertThatThrownBy(() -> change.apply(ShippedSettings.dev()).read())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll(sentences);
  }

  private static AwsConfig read(ShippedSettings settings) {
    return settings.read().aws().orElseThrow();
  }
}
