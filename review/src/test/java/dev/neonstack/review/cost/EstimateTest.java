package dev.neonstack.review.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.neonstack.review.Sample;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EstimateTest {
  private static final Usage USAGE = Usage.assumed(LocalDate.parse("2026-11-24"));
  private static final String CLUSTER = "- {type: 'eks:index:Cluster', name: c, inputs: {}}\n";
  private static final String CLASSES =
      CLUSTER
          + """
          - type: kubernetes:storage.k8s.io/v1:StorageClass
            name: gp3
            inputs: {provisioner: ebs.csi.aws.com, metadata: {name: gp3},
              parameters: {type: gp3, iops: "16000", throughput: "1000"}}
          - type: kubernetes:storage.k8s.io/v1:StorageClass
            name: io2
            inputs: {provisioner: ebs.csi.aws.com, metadata: {name: io2}, parameters: {type: io2, iops: "70000"}}
          - type: kubernetes:storage.k8s.io/v1:StorageClass
            name: nvme
            inputs: {provisioner: local.csi.test, metadata: {name: nvme}}
          """;

  @ParameterizedTest
  @CsvSource({
    "minimal.yaml, EKS control plane neon, 73.00",
    "minimal.yaml, Node group all, 182.21",
    "minimal.yaml, Volumes storage data, 100.00",
    "minimal.yaml, S3 objects, 23.55",
    "production.yaml, EKS control plane neon, 73.00",
    "production.yaml, Node group storage, 3006.87",
    "production.yaml, Volumes safekeeper wal, 50.00"
  })
  void theTwoSetupsOfTheGuide(String setup, String what, BigDecimal amount) throws IOException {
    var estimate =
        Estimate.of(
            Sample.resources(Sample.file(EstimateTest.class, setup)), PriceTable.shipped(), USAGE);

    assertThat(amount(estimate, what)).isEqualTo(amount);
    assertThat(estimate.isComplete()).isTrue();
    assertThat(Files.readString(Path.of("../docs/cost.md")))
        .as("the page explains these figures")
        .contains(amount.toPlainString(), estimate.total().toPlainString());
  }

  @Test
  void theTotalsAreOfTheOrderTheGuideNames() {
    assertThat(guide("minimal.yaml").total()).isBetween(money("350"), money("400"));
    assertThat(guide("production.yaml").total()).isBetween(money("3000"), money("3300"));
  }

  @Test
  void aVersionInExtendedSupportCostsSixTimesAsMuch() {
    var estimate = estimate("- {type: 'eks:index:Cluster', name: c, inputs: {version: '1.33'}}");

    assertThat(amount(estimate, "EKS control plane c")).isEqualTo(money("438.00"));
    assertThat(estimate.items().get(0).note()).contains("1.33 is in extended support");
  }

  @Test
  void inAFirstPreviewTheTemplateOfAGroupIsFoundByItsName() {
    var estimate =
        estimate(
            """
            - type: aws:ec2/launchTemplate:LaunchTemplate
              name: nodes-big-launchTemplate
              inputs: {blockDeviceMappings: [{ebs: {volumeSize: 100, volumeType: gp3}}]}
            - type: aws:ec2/launchTemplate:LaunchTemplate
              name: nodes-small-launchTemplate
              inputs: {blockDeviceMappings: [{ebs: {volumeSize: 50, volumeType: gp3}}]}
            - type: aws:eks/nodeGroup:NodeGroup
              name: nodes-small
              inputs:
                instanceTypes: [t3.large]
                scalingConfig: {desiredSize: 3}
                launchTemplate:
                  id: 04da6b54-80e4-46f7-96ec-b56ff0331ba9
                  version: 04da6b54-80e4-46f7-96ec-b56ff0331ba9
            """);

    assertThat(amount(estimate, "Root volumes of nodes-small")).isEqualTo(money("12.00"));
    assertThat(note(estimate, "Root volumes of nodes-small")).isEqualTo("3 × 50 GiB gp3");
  }

  @Test
  void amountsAreWrittenPlainly() {
    var estimate =
        estimate(
            CLASSES
                + """
                - type: kubernetes:apps/v1:StatefulSet
                  name: s
                  inputs:
                    metadata: {name: s}
                    spec: {replicas: 20, volumeClaimTemplates: [{metadata: {name: d},
                      spec: {storageClassName: io2, resources: {requests: {storage: 1000Gi}}}}]}
                """);

    assertThat(note(estimate, "Volumes s d")).isEqualTo("20 × 1000 GiB io2");
  }

  @Test
  void nodesAreCountedAsDesiredOfTheFirstTypeWithTheDisksOfTheirTemplate() {
    var estimate =
        estimate(
            """
            - type: aws:ec2/launchTemplate:LaunchTemplate
              name: lt
              inputs: {blockDeviceMappings: [{ebs: {volumeSize: 100, volumeType: gp3, iops: 4000}}]}
            - type: aws:ec2/launchTemplate:LaunchTemplate
              name: other
              inputs: {blockDeviceMappings: [{ebs: {volumeSize: 1}}]}
            - type: aws:eks/nodeGroup:NodeGroup
              name: g
              references: {launchTemplate: ["aws:ec2/launchTemplate:LaunchTemplate::lt"]}
              inputs:
                instanceTypes: [m7i.4xlarge, m6i.4xlarge]
                scalingConfig: {desiredSize: 2, minSize: 1, maxSize: 5}
                launchTemplate: {id: 04da6b54-80e4-46f7-96ec-b56ff0331ba9}
            """);

    assertThat(amount(estimate, "Node group g")).isEqualTo(money("1177.34"));
    assertThat(estimate.items().get(0).note())
        .isEqualTo("the first of [m7i.4xlarge, m6i.4xlarge]; may be 1 to 5 nodes");
    assertThat(amount(estimate, "Root volumes of g")).isEqualTo(money("16.00"));
    assertThat(amount(estimate, "Root volumes of g, IOPS")).isEqualTo(money("10.00"));
  }

  @Test
  void volumesCostByTheirClass() {
    var estimate =
        estimate(
            CLASSES
                + """
                - type: kubernetes:apps/v1:StatefulSet
                  name: s
                  inputs: {spec: {replicas: 3, volumeClaimTemplates: [
                    {metadata: {name: wal}, spec: {storageClassName: gp3, resources: {requests: {storage: 100Gi}}}},
                    {metadata: {name: cache}, spec: {storageClassName: nvme, resources: {requests: {storage: 500Gi}}}}]}}
                - type: kubernetes:postgresql.cnpg.io/v1:Cluster
                  name: db
                  inputs: {spec: {instances: 2, storage: {size: 1Ti, storageClass: io2}}}
                """);

    assertThat(amount(estimate, "Volumes s wal")).isEqualTo(money("24.00"));
    assertThat(amount(estimate, "Volumes s wal, IOPS")).isEqualTo(money("195.00"));
    assertThat(amount(estimate, "Volumes s wal, throughput")).isEqualTo(money("105.00"));
    assertThat(amount(estimate, "Volumes db storage")).isEqualTo(money("256.00"));
    assertThat(amount(estimate, "Volumes db storage, IOPS")).isEqualTo(money("4160.00"));
    assertThat(amount(estimate, "Volumes db storage, IOPS above 32000"))
        .isEqualTo(money("2912.00"));
    assertThat(amount(estimate, "Volumes db storage, IOPS above 64000")).isEqualTo(money("382.20"));
    assertThat(estimate.items()).extracting(Item::what).doesNotContain("Volumes s cache");
  }

  @Test
  void theNetwork() {
    var estimate =
        estimate(
            """
            - {type: 'aws:ec2/natGateway:NatGateway', name: a, inputs: {}}
            - {type: 'aws:ec2/natGateway:NatGateway', name: b, inputs: {}}
            - {type: 'aws:ec2/eip:Eip', name: a, inputs: {}}
            - {type: 'aws:ec2/eip:Eip', name: b, inputs: {}}
            - {type: 'aws:ec2/subnet:Subnet', name: a, inputs: {tags: {kubernetes.io/role/elb: "1"}}}
            - {type: 'aws:ec2/subnet:Subnet', name: b, inputs: {tags: {kubernetes.io/role/internal-elb: "1"}}}
            - {type: 'aws:ec2/vpcEndpoint:VpcEndpoint', name: s3, inputs: {}}
            - {type: 'aws:ec2/vpcEndpoint:VpcEndpoint', name: ecr, inputs: {vpcEndpointType: Interface, subnetIds: [a, b]}}
            - {type: 'aws:ec2/flowLog:FlowLog', name: f, inputs: {}}
            - type: kubernetes:core/v1:Service
              name: proxy
              inputs:
                metadata: {annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing}}
                spec: {type: LoadBalancer}
            """);

    assertThat(amount(estimate, "NAT gateways")).isEqualTo(money("65.70"));
    assertThat(amount(estimate, "Network load balancers")).isEqualTo(money("16.43"));
    assertThat(amount(estimate, "Network load balancers, capacity")).isEqualTo(money("4.38"));
    assertThat(amount(estimate, "Public IPv4 addresses")).isEqualTo(money("10.95"));
    assertThat(amount(estimate, "VPC endpoint s3")).isEqualTo(money("0.00"));
    assertThat(amount(estimate, "VPC endpoint ecr")).isEqualTo(money("14.60"));
    assertThat(amount(estimate, "Flow logs")).isEqualTo(money("25.00"));
    assertThat(estimate.assumptions())
        .contains("50 GiB of flow logs a month")
        .anyMatch(one -> one.startsWith("1 capacity unit(s)"));
    assertThat(estimate.notIncluded()).anyMatch(one -> one.contains("data transfer"));
  }

  @Test
  void keysImagesAndManyObjects() {
    var resources =
        Sample.resources(
            Sample.yaml(
                """
                - {type: 'aws:kms/key:Key', name: a, inputs: {}}
                - {type: 'aws:kms/key:Key', name: b, inputs: {}}
                - {type: 'aws:ecr/repository:Repository', name: a, inputs: {}}
                - {type: 'aws:s3/bucketV2:BucketV2', name: a, inputs: {}}
                """));
    var estimate =
        Estimate.of(resources, PriceTable.shipped(), USAGE.withS3Tib(BigDecimal.valueOf(60)));

    assertThat(amount(estimate, "KMS keys")).isEqualTo(money("2.00"));
    assertThat(amount(estimate, "ECR images")).isEqualTo(money("2.00"));
    assertThat(amount(estimate, "S3 objects")).isEqualTo(money("1177.60"));
    assertThat(amount(estimate, "S3 objects above 50 TiB")).isEqualTo(money("225.28"));
    assertThat(estimate.assumptions()).contains("60 TiB in S3, old versions included");
  }

  @Test
  void whatHasNoPriceIsListedAndTheTotalIsTheLeast() {
    var estimate =
        estimate(
            CLASSES
                + """
                - {type: 'eks:index:ManagedNodeGroup', name: g, inputs: {instanceTypes: [x9.huge]}}
                - {type: 'eks:index:ManagedNodeGroup', name: h, inputs: {instanceTypes: 04da6b54-80e4-46f7-96ec-b56ff0331ba9}}
                - type: kubernetes:core/v1:PersistentVolumeClaim
                  name: p
                  inputs: {spec: {storageClassName: theirs, resources: {requests: {storage: 1Gi}}}}
                - type: kubernetes:core/v1:PersistentVolumeClaim
                  name: q
                  inputs: {spec: {storageClassName: gp3, resources: {requests: {storage: 04da6b54-80e4-46f7-96ec-b56ff0331ba9}}}}
                """);

    assertThat(estimate.items())
        .filteredOn(item -> item.price().isEmpty())
        .extracting(item -> item.what() + ": " + item.note())
        .containsExactly(
            "Node group g: the table has no ec2.x9.huge",
            "Node group h: size or type is known after up",
            "Volumes p: storage class 'theirs' is not of this stack",
            "Volumes q: size is known after up");
    assertThat(estimate.totalText()).startsWith("at least $");
    assertThat(estimate.summary().get("items"))
        .asInstanceOf(MAP)
        .containsEntry("Node group g", "no price");
  }

  @Test
  void anotherRegionHasNoPrices() {
    var estimate =
        estimate(
            CLUSTER + "- {type: 'pulumi:providers:aws', name: aws, inputs: {region: eu-west-1}}");

    assertThat(estimate.totalText()).isEqualTo("at least $0.00");
    assertThat(estimate.items().get(0).note()).isEqualTo("the table has no prices of eu-west-1");
  }

  @Test
  void withoutAwsNothingIsOnItsBill() {
    var estimate =
        estimate(
            "- {type: 'kubernetes:core/v1:Service', name: p, inputs: {spec: {type: LoadBalancer}}}");

    assertThat(estimate.items()).isEmpty();
    assertThat(estimate.totalText()).isEqualTo("$0.00");
  }

  @Test
  void aChangeIsToldItemByItem() {
    var before = estimate(CLUSTER + nodes(1) + "- {type: 'aws:kms/key:Key', name: k, inputs: {}}");
    var after = estimate(CLUSTER + nodes(3));
    var difference = Difference.of(before, after);

    assertThat(difference.changes())
        .extracting(change -> change.what() + " " + change.perMonth().orElseThrow())
        .containsExactly("Node group g 121.47", "Root volumes of g 3.20", "KMS keys -1.00");
    assertThat(difference.totalText()).isEqualTo("+ $123.67 a month");
    assertThat(Difference.of(after, before).totalText()).isEqualTo("- $123.67 a month");
  }

  @Test
  void aTableOfOnesOwnTakesThePlaceOfOurs(@TempDir Path folder) throws IOException {
    var file = folder.resolve("prices.yaml");
    Files.writeString(
        file,
        "{date: 2027-01-02, region: eu-central-1, prices: {eks.standard: {usd: 1, per: month, source: contract}}}");
    var table = PriceTable.of(Map.of(PriceTable.VARIABLE, file.toString()));

    var estimate = Estimate.of(Sample.resources(Sample.yaml(CLUSTER)), table, USAGE);
    assertThat(estimate.total()).isEqualTo(money("1.00"));
    assertThat(estimate.summary())
        .containsEntry("pricesOf", "2027-01-02")
        .containsEntry("region", "eu-central-1");
  }

  @ParameterizedTest
  @CsvSource({
    "'{region: x, prices: {}}', date is missing",
    "'{date: today, region: x}', date is no day",
    "'{date: 2027-01-02, region: x, prices: {a: {usd: -1, per: hour, source: x}}}', prices.a is",
    "'{date: 2027-01-02, region: x, prices: {a: {usd: 1, per: year, source: x}}}', allowed is {usd",
    "'a: [', is no YAML"
  })
  void aTableThatIsWrongIsRefused(String text, String says, @TempDir Path folder)
      throws IOException {
    var file = Files.writeString(folder.resolve("mine.yaml"), text);

    assertThatThrownBy(() -> PriceTable.of(Map.of(PriceTable.VARIABLE, file.toString())))
        .hasMessageContaining("mine.yaml")
        .hasMessageContaining(says);
  }

  @Test
  void aTableThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> PriceTable.of(Map.of(PriceTable.VARIABLE, "/nowhere/p.yaml")))
        .hasMessageContaining("NEONSTACK_PRICES is '/nowhere/p.yaml'");
  }

  @Test
  void theShippedTableHasWhatThePresetsNeedAndSaysHowFarToTrustIt() {
    var table = PriceTable.shipped();

    for (var type : List.of("t3.large", "m7i.4xlarge", "i4i.4xlarge", "i3en.2xlarge")) {
      assertThat(table.find("ec2." + type)).as(type).isPresent();
    }
    assertThat(table.prices().values()).extracting(Price::source).containsOnly("code", "memory");
  }

  private static Estimate guide(String setup) {
    return Estimate.of(
        Sample.resources(Sample.file(EstimateTest.class, setup)), PriceTable.shipped(), USAGE);
  }

  private static String nodes(int count) {
    return "- {type: 'eks:index:ManagedNodeGroup', name: g, inputs: {instanceTypes: [t3.large], scalingConfig: {desiredSize: %d}}}\n"
        .formatted(count);
  }

  private static Estimate estimate(String yaml) {
    return Estimate.of(Sample.resources(Sample.yaml(yaml)), PriceTable.shipped(), USAGE);
  }

  private static String note(Estimate estimate, String what) {
    return estimate.items().stream()
        .filter(item -> item.what().equals(what))
        .findFirst()
        .orElseThrow()
        .note();
  }

  private static BigDecimal amount(Estimate estimate, String what) {
    return estimate.items().stream()
        .filter(item -> item.what().equals(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError(what + " is not in " + estimate.summary()))
        .perMonth()
        .orElseThrow();
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }
}
