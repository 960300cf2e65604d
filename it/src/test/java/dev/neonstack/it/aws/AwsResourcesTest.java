package dev.neonstack.it.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.it.standin.Existing;
import dev.neonstack.it.standin.Problems;
import dev.neonstack.it.standin.Subject;
import dev.neonstack.it.standin.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsResourcesTest {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
          + "\"Principal\":{\"Service\":\"ec2.amazonaws.com\"}}]}";

  private final AwsResources resources = new AwsResources();

  @BeforeEach
  void configure() {
    resources.configure("us-east-1", JsonNodeFactory.instance.objectNode().put("team", "db"));
  }

  private static Subject subject(String type, String name) {
    return new Subject("urn:pulumi:dev::shop::" + type + "::" + name, type, name);
  }

  private static ObjectNode inputs(String yaml) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String problems(String type, String yaml) {
    var problems = new Problems();
    resources.check(
        subject(type, "it"), JsonNodeFactory.instance.objectNode(), inputs(yaml), problems);
    return problems.toString();
  }

  private Existing make(String type, String name, String yaml) {
    var subject = subject(type, name);
    var problems = new Problems();
    var checked =
        resources.check(subject, JsonNodeFactory.instance.objectNode(), inputs(yaml), problems);
    assertThat(problems).hasToString("");
    return resources.create(subject, checked);
  }

  private void delete(String type, Existing existing) {
    resources.delete(subject(type, "it"), existing.id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aws:ec2/vpc:Vpc | {cidrBlock: 10.0.0.1/16} | expected an IPv4 range from /16 to /28
          aws:ec2/vpc:Vpc | {cidrBlock: 10.0.0.0/8} | expected an IPv4 range from /16 to /28
          aws:ec2/vpc:Vpc | {} | cidrBlock: is missing
          aws:ec2/vpc:Vpc | {cidrBlock: 10.0.0.0/16, tags: {'aws:x': y}} | has a tag 'aws:x'
          aws:ec2/subnet:Subnet | {vpcId: vpc-1, cidrBlock: 10.0.0.0/20, availabilityZone: a} | expected an availability zone
          aws:ec2/route:Route | {routeTableId: r, destinationCidrBlock: 0.0.0.0/0} | exactly one target
          aws:ec2/natGateway:NatGateway | {subnetId: s} | needs an elastic IP
          aws:ec2/vpcEndpoint:VpcEndpoint | {vpcId: v, serviceName: s3} | expected a service such as
          aws:ec2/vpcEndpoint:VpcEndpoint | {vpcId: v, serviceName: com.amazonaws.us-east-1.s3, subnetIds: [s]} | has route tables, no subnets
          aws:ec2/launchTemplate:LaunchTemplate | {metadataOptions: {httpTokens: never}} | expected one of required, optional
          aws:ec2/launchTemplate:LaunchTemplate | {userData: '#!/bin/sh'} | is not in Base64
          aws:iam/role:Role | {assumeRolePolicy: '{}'} | a policy without Version 2012-10-17
          aws:iam/role:Role | {assumeRolePolicy: 'no'} | a policy that is no JSON
          aws:iam/openIdConnectProvider:OpenIdConnectProvider | {url: 'http://x', clientIdLists: [a]} | expected a URL with https
          aws:s3/bucketV2:BucketV2 | {bucket: 10.0.0.1} | expected 3 to 63 lower-case letters
          aws:s3/bucketV2:BucketV2 | {bucket: a..b} | expected 3 to 63 lower-case letters
          aws:s3/bucketVersioningV2:BucketVersioningV2 | {bucket: b, versioningConfiguration: {status: on}} | expected one of Enabled
          aws:kms/key:Key | {deletionWindowInDays: 3} | expected from 7 to 30
          aws:cloudwatch/logGroup:LogGroup | {retentionInDays: 8} | expected one of 0, 1, 3, 5, 7
          aws:ecr/lifecyclePolicy:LifecyclePolicy | {repository: r, policy: '{"rules": [{}]}'} | expected rulePriority
          aws:eks/nodeGroup:NodeGroup | {clusterName: c, nodeRoleArn: 'arn:aws:iam::111122223333:role/r', subnetIds: [s], scalingConfig: {minSize: 3, desiredSize: 2, maxSize: 4}} | expected min <= desired <= max
          aws:eks/nodeGroup:NodeGroup | {clusterName: c, nodeRoleArn: r, subnetIds: [s], instanceTypes: [large], scalingConfig: {minSize: 1, desiredSize: 1, maxSize: 1}} | instanceTypes[0]: is 'large'
          aws:eks/cluster:Cluster | {roleArn: 'arn:aws:iam::111122223333:role/r', vpcConfig: {subnetIds: [s]}} | expected two at least
          aws:lambda/function:Function | {} | the stand-in knows no aws:lambda/function:Function
          """)
  void inputsThatAwsRefusesAreRefused(String type, String yaml, String message) {
    assertThat(problems(type, yaml)).contains(message);
  }

  @Test
  void whatIsNotKnownYetIsNoProblem() {
    assertThat(
            problems(
                "aws:ec2/subnet:Subnet",
                "{vpcId: " + Wire.UNKNOWN + ", cidrBlock: " + Wire.UNKNOWN + "}"))
        .isEmpty();
  }

  @Test
  void subnetsLieInTheirVpcAndBesideEachOther() {
    var vpc = make("aws:ec2/vpc:Vpc", "shop", "{cidrBlock: 10.8.0.0/16}");
    var subnet = "{vpcId: %s, cidrBlock: %s}";
    make("aws:ec2/subnet:Subnet", "a", subnet.formatted(vpc.id(), "10.8.0.0/20"));

    assertThatThrownBy(
            () -> make("aws:ec2/subnet:Subnet", "b", subnet.formatted(vpc.id(), "10.8.8.0/24")))
        .hasMessageContaining("overlaps that of subnet-");
    assertThatThrownBy(
            () -> make("aws:ec2/subnet:Subnet", "c", subnet.formatted(vpc.id(), "10.9.0.0/20")))
        .hasMessageContaining("is not inside the VPC's");
    assertThatThrownBy(
            () -> make("aws:ec2/subnet:Subnet", "d", subnet.formatted("vpc-0", "10.8.16.0/20")))
        .hasMessageContaining("the account has no such aws:ec2/vpc:Vpc");
  }

  @Test
  void whatIsInUseStays() {
    var vpc = make("aws:ec2/vpc:Vpc", "shop", "{cidrBlock: 10.8.0.0/16}");
    var subnet =
        make(
            "aws:ec2/subnet:Subnet",
            "a",
            "{vpcId: %s, cidrBlock: 10.8.0.0/20}".formatted(vpc.id()));

    assertThatThrownBy(() -> delete("aws:ec2/vpc:Vpc", vpc))
        .hasMessageContaining("is in use by aws:ec2/subnet:Subnet subnet-");
    delete("aws:ec2/subnet:Subnet", subnet);
    delete("aws:ec2/vpc:Vpc", vpc);
    assertThat(resources.account().inventory()).isEmpty();
  }

  @Test
  void aBucketWithObjectsStaysUnlessItIsForced() {
    var kept = make("aws:s3/bucketV2:BucketV2", "kept", "{bucket: kept-data}");
    var forced = make("aws:s3/bucketV2:BucketV2", "f", "{bucket: forced, forceDestroy: true}");
    resources.account().fill("kept-data");
    resources.account().fill("forced");

    assertThatThrownBy(() -> delete("aws:s3/bucketV2:BucketV2", kept))
        .hasMessage("kept-data is not empty");
    delete("aws:s3/bucketV2:BucketV2", forced);
    assertThat(resources.account().inventory())
        .containsExactly("aws:s3/bucketV2:BucketV2 kept-data");
  }

  @Test
  void aNameIsMadeUpOnceAndTakenOnce() {
    var type = "aws:iam/role:Role";
    var role = make(type, "nodes", "{assumeRolePolicy: '" + TRUST + "'}");
    assertThat(role.id()).matches("nodes-[0-9a-f]{7}");
    assertThat(role.state().path("arn").asText()).endsWith(":role/" + role.id());

    var again = new Problems();
    var same =
        resources.check(
            subject(type, "nodes"),
            role.inputs(),
            inputs("{assumeRolePolicy: '" + TRUST + "'}"),
            again);
    assertThat(same.path("name").asText()).isEqualTo(role.id());
    assertThat(resources.fixed(subject(type, "nodes"), same).identity()).isEmpty();

    make(type, "n", "{name: nodes, assumeRolePolicy: '" + TRUST + "'}");
    assertThatThrownBy(() -> make(type, "m", "{name: nodes, assumeRolePolicy: '" + TRUST + "'}"))
        .hasMessageContaining("the account has nodes already");
  }

  @Test
  void tagsOfTheProviderAreOnEverythingThatHasTags() {
    var vpc =
        make("aws:ec2/vpc:Vpc", "shop", "{cidrBlock: 10.8.0.0/16, tags: {Name: shop}}").state();
    assertThat(vpc.path("tagsAll").toString()).isEqualTo("{\"team\":\"db\",\"Name\":\"shop\"}");
    assertThat(vpc.path("tags").size()).isEqualTo(1);
  }

  @Test
  void whatIsMadeUpStaysTheSameWhenAThingChanges() {
    var type = "aws:ec2/launchTemplate:LaunchTemplate";
    var template = make(type, "nodes", "{instanceType: m7i.large}");
    var inputs = template.inputs().deepCopy().put("instanceType", "m7i.xlarge");
    var changed = resources.update(template, subject(type, "nodes"), inputs, false);

    assertThat(changed.path("arn")).isEqualTo(template.state().path("arn"));
    assertThat(template.state().path("latestVersion").asInt()).isEqualTo(1);
    assertThat(changed.path("latestVersion").asInt()).isEqualTo(2);
    assertThat(changed.path("instanceType").asText()).isEqualTo("m7i.xlarge");
  }
}
