package dev.neonstack.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.resources.Resource;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.PulumiTestInternal;
import dev.neonstack.review.cost.PriceTable;
import dev.neonstack.stacks.config.ShippedSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AwsStackTest {
  private static final String PAGESERVER_ROLE =
      "arn:aws:iam::111122223333:role/neon-access-pageserver";

  @TempDir private Path folder;

  private final Answers answers = new Answers();

  @BeforeEach
  void fillFolder() throws IOException {
    ProgramFolder.in(folder);
  }

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSmallStackKeepsAllRulesAndKnowsWhatItCosts(boolean preview) {
    var result = run(preview, ShippedSettings.dev());

    assertThat(answers.asked)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            one -> assertThat(one.type).doesNotStartWith("neonstack:ceph").doesNotContain("Rbd"));
    assertThat(value(result, "cost").toString()).contains("perMonth=$", "NAT gateways");
  }

  @Test
  void theLargeStackKeepsAllRulesOfProduction() {
    run(false, ShippedSettings.production());

    assertThat(answers.ofType("kubernetes:helm.sh/v3:Release"))
        .extracting(one -> String.valueOf(one.inputs.get("chart")))
        .contains(
            "cloudnative-pg",
            "cluster-autoscaler",
            "aws-load-balancer-controller",
            "external-dns",
            "local-static-provisioner",
            "reloader")
        .anyMatch(chart -> chart.endsWith("/cert-manager"));
    assertThat(answers.the("kubernetes:apps/v1:Deployment", "neon-proxy").inputs.toString())
        .contains("net.ipv4.tcp_keepalive_time");
    assertThat(answers.after.get("neon-local-volumes")).contains("neon-addons");
    assertThat(answers.ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation"))
        .extracting(one -> String.valueOf(one.inputs.get("serviceAccount")))
        .contains("pageserver-sa", "safekeeper-sa", "ebs-csi-controller-sa");
  }

  @Test
  void theSmallStackOfProductionCostsWhatTheGuideSays() {
    var result = run(false, ShippedSettings.smallProduction());

    var perMonth = Pattern.compile("perMonth=\\$([0-9.]+)");
    assertThat(perMonth.matcher(value(result, "cost").toString()).results())
        .singleElement()
        .extracting(cost -> Double.parseDouble(cost.group(1)))
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isBetween(2000.0, 2500.0);
  }

  @Test
  void nodesOfKarpenterKeepAllRules() {
    run(
        false,
        ShippedSettings.dev()
            .with("nodes/preset", "standard")
            .with("nodes/autoscaler", "karpenter")
            .with("nodes/amiVersion", "v20261101"));

    assertThat(answers.ofType("aws:iam/instanceProfile:InstanceProfile")).hasSize(1);
  }

  @Test
  void everythingIsInTheOneAccountWithTheTagsOfTheStack() {
    run(false, ShippedSettings.dev());

    var provider = answers.the("pulumi:providers:aws", "aws");
    assertThat(provider.inputs.get("allowedAccountIds").toString()).contains("111122223333");
    assertThat(provider.inputs.get("defaultTags").toString())
        .contains("neonstack:stack", "stack", "environment", "dev", "owner", "platform");
    assertThat(answers.versions)
        .as("the classes of 6.83 know no deletion protection of EKS, which pulumi-eks sets")
        .containsEntry("aws", "7.25.0");
    assertThat(answers.asked)
        .filteredOn(one -> one.type.startsWith("aws:"))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.provider).contains("pulumi:providers:aws::aws"));
    assertThat(answers.asked)
        .filteredOn(one -> one.type.startsWith("kubernetes:"))
        .isNotEmpty()
        .allSatisfy(
            one -> assertThat(one.provider).contains("pulumi:providers:kubernetes::kubernetes"));
  }

  @Test
  void whereImagesAreBuiltAllOfThemAre() throws IOException {
    ProgramFolder.withArtifacts(folder);
    run(false, ShippedSettings.dev().with("images/source", "build"));

    assertThat(answers.ofType("docker:index/image:Image"))
        .extracting(one -> one.name)
        .hasSize(7)
        .contains("neon-images-control-plane");
  }

  @Test
  void eachServerHasItsOwnRoleAndItsOwnImage() {
    run(false, ShippedSettings.dev());

    assertThat(answers.ofType("docker:index/image:Image"))
        .extracting(one -> one.name)
        .hasSize(7)
        .contains("neon-images-control-plane");
    var account = answers.the("kubernetes:core/v1:ServiceAccount", "neon-storage-pageserver");
    assertThat(account.inputs.get("metadata").toString())
        .contains("pageserver-sa", PAGESERVER_ROLE)
        .doesNotContain("role/neon-access-safekeeper");
    for (var server : List.of("pageserver", "safekeeper")) {
      assertThat(
              answers
                  .the("kubernetes:apps/v1:StatefulSet", "neon-storage-" + server)
                  .inputs
                  .toString())
          .contains("registry.test/neon/" + server + "@sha256:");
    }
    assertThat(answers.the("kubernetes:apps/v1:Deployment", "neon-control-plane").inputs.toString())
        .contains("registry.test/neon/control-plane@sha256:");
  }

  @Test
  void anImageOfAControlPlaneIsMadeOnlyWhereOneIsDeployed() {
    run(
        false,
        ShippedSettings.dev()
            .without("controlPlane")
            .with("storage/controller/controlPlaneUrl", "http://cp:80"));

    assertThat(answers.ofType("docker:index/image:Image"))
        .extracting(one -> one.name)
        .hasSize(6)
        .doesNotContain("neon-images-control-plane");
  }

  @Test
  void theBucketAndTheBranchesOutliveADestroyInProduction() {
    run(false, ShippedSettings.production());

    var bucket = answers.ofType("aws:s3/bucketV2:BucketV2");
    assertThat(bucket).singleElement().satisfies(one -> assertThat(one.name).contains("bucket"));
    assertThat(answers.keeping).containsEntry("aws:s3/bucketV2:BucketV2", "protect retain");
  }

  @Test
  void podsStartWhenTheirOperatorIsThereAndEksKnowsTheirRole() {
    run(false, ShippedSettings.dev().with("identity", "pod-identity"));

    assertThat(answers.after.get("neon-addons")).contains("neon-ebs-csi");
    assertThat(answers.after.get("neon-storage-controller")).contains("neon-access", "neon-cnpg");
    assertThat(answers.after.get("neon-storage-controller-db"))
        .contains("neon-cnpg", "neon-classes-gp3-encrypted");
  }

  @Test
  void whatLeadsToTheClusterIsASecretOutput() {
    var result = run(false, ShippedSettings.dev());

    assertThat(PulumiTestInternal.extractOutputData(result.output("kubeconfig")).isSecret())
        .isTrue();
    assertThat(value(result, "bucket")).isEqualTo("neon-dev-111122223333");
    assertThat(value(result, "clusterName")).isEqualTo("neon-dev");
    assertThat(value(result, "registry")).isEqualTo("registry.test");
    assertThat(value(result, "pageserverRoleArn")).isEqualTo(PAGESERVER_ROLE);
    assertThat((List<?>) value(result, "branches")).hasSize(2);
  }

  private static Object value(TestResult result, String output) {
    return PulumiTestInternal.extractOutputData(result.output(output)).getValueNullable();
  }

  private TestResult run(boolean preview, ShippedSettings settings) {
    var recorder = new Recorder();
    recorder.start();
    return PulumiTest.withOptions(
            TestOptions.builder()
                .preview(preview)
                .resourceTransformations(
                    List.of(
                        arguments -> {
                          answers.note(arguments);
                          return recorder.apply(arguments);
                        }))
                .build())
        .withMocks(answers)
        .runTest(
            context -> {
              var config = settings.read();
              new AwsStack(
                      config.aws().orElseThrow(), config.projects(), context.stackName(), folder)
                  .export(context);
              var reviewed = config.reviewed().orElseThrow();
              context.export(
                  "cost",
                  Review.check(
                      recorder, reviewed.profile(), PriceTable.shipped(), reviewed.usage()));
            })
        .throwOnError();
  }

  /** Answers as the providers would, and remembers what it was asked. */
  private static final class Answers implements Mocks {
    private final List<ResourceArgs> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> keeping = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, List<String>> after = new HashMap<>();

    ResourceArgs the(String type, String name) {
      return asked.stream()
          .filter(one -> one.type.equals(type) && one.name.equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + type + " " + name));
    }

    List<ResourceArgs> ofType(String type) {
      return asked.stream().filter(one -> one.type.equals(type)).toList();
    }

    void note(com.pulumi.resources.ResourceTransformation.Args arguments) {
      var options = arguments.options();
      keeping.put(
          arguments.resource().pulumiResourceType(),
          (options.isProtect() ? "protect " : "") + (options.isRetainOnDelete() ? "retain" : ""));
      options
          .getVersion()
          .ifPresent(version -> versions.put(arguments.resource().pulumiResourceName(), version));
      after
          .computeIfAbsent(arguments.resource().pulumiResourceName(), any -> new ArrayList<>())
          .addAll(
              PulumiTest.extractValue(options.getDependsOn()).stream()
                  .map(Resource::pulumiResourceName)
                  .toList());
    }

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
      asked.add(args);
      var state = new HashMap<String, Object>(args.inputs);
      state.putIfAbsent("name", args.name);
      state.putIfAbsent("arn", arn(args));
      state.putAll(
          switch (args.type) {
            case "neonstack:index:Project" -> Map.of("tenantId", "tenant");
            case "neonstack:index:Branch" ->
                Map.of("branchId", "id of " + args.name, "parentLsn", "0/16B2D50");
            case "neonstack:index:SigningKey" ->
                Map.of("keyId", "kid", "publicKey", "public", "privateKey", "private");
            case "neonstack:index:Token" -> Map.of("jwt", "token of " + args.name);
            case "eks:index:Cluster" ->
                Map.of(
                    "kubeconfigJson", "{}",
                    "oidcProviderArn", "arn:aws:iam::111122223333:oidc-provider/oidc.test/id/1",
                    "oidcIssuer", "oidc.test/id/1",
                    "oidcProviderUrl", "https://oidc.test/id/1",
                    "clusterSecurityGroupId", "sg-1",
                    "nodeSecurityGroupId", "sg-2");
            case "aws:ecr/repository:Repository" ->
                Map.of("repositoryUrl", "registry.test/" + args.inputs.get("name"));
            case "docker:index/image:Image" ->
                Map.of(
                    "repoDigest",
                    args.inputs.get("imageName").toString().replaceFirst(":[^:]*$", "")
                        + "@sha256:"
                        + "0123456789abcdef".repeat(4));
            default -> Map.of();
          });
      return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name), state));
    }

    private static String arn(ResourceArgs args) {
      return args.type.equals("aws:iam/role:Role")
          ? "arn:aws:iam::111122223333:role/" + args.name
          : "arn:aws:test:us-east-1:111122223333:" + args.name;
    }

    @Override
    public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
      return CompletableFuture.completedFuture(
          Map.of("userName", "AWS", "password", "of-ecr", "authorizationToken", "token"));
    }
  }
}
