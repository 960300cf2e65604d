package dev.neonstack.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.PulumiTestInternal;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import dev.neonstack.review.cost.PriceTable;
import dev.neonstack.review.cost.Usage;
import dev.neonstack.review.policy.Profile;
import dev.neonstack.stacks.config.ShippedSettings;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecorderTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
  private static final String KEY = "aws:kms/key:Key";

  private final Recorder recorder = new Recorder();

  @BeforeEach
  void begin() {
    recorder.start();
  }

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inputsAreThoseTheEngineIsGiven(boolean preview) {
    run(
        preview,
        context -> {
          var key = new Thing(KEY, "key", arguments(Output.of(true), Output.of(Map.of())), kept());
          var under = new Group("group");
          new Thing(
              "aws:s3/bucketV2:BucketV2",
              "data",
              arguments(
                  Output.of(false),
                  Output.tuple(key.unknown(), Output.of("x")).applyValue(t -> Map.of("a", t.t1))),
              CustomResourceOptions.builder().parent(under).build());
        });

    var key = the(KEY);
    assertThat(key.name()).isEqualTo("key");
    assertThat(key.keeping()).isEqualTo(new Declared.Keeping(true, true));
    assertThat(key.input("enableKeyRotation").asBoolean()).isTrue();
    var bucket = the("aws:s3/bucketV2:BucketV2");
    assertThat(bucket.keeping()).isEqualTo(Declared.Keeping.NONE);
    assertThat(Values.isUnknown(bucket.input("tags"))).isTrue();
    assertThat(bucket.references()).isEqualTo(Map.of("tags", Set.of(key.key())));
  }

  @Test
  void ofSecretsNothingIsKept() {
    run(
        false,
        context ->
            new Thing(
                KEY,
                "key",
                arguments(Output.of(true), Output.ofSecret(Map.of("password", "hunter2"))),
                CustomResourceOptions.Empty));

    assertThat(Values.isSecret(the(KEY).input("tags"))).isTrue();
    assertThat(the(KEY).inputs().toString()).doesNotContain("hunter2");
  }

  @Test
  void whatTheEngineRefusesIsSaidOnceByTheResource() {
    var result =
        PulumiTest.withOptions(options(false))
            .withMocks(new Answers())
            .runTest(
                context ->
                    new Thing(
                        KEY,
                        "key",
                        arguments(
                            Output.of(true),
                            Output.of(CompletableFuture.failedFuture(new Exception("no")))),
                        CustomResourceOptions.Empty));

    assertThat(result.exitCode()).isNotZero();
    assertThat(Values.isUnknown(the(KEY).input("tags"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void violationsFailTheProgramAllAtOnce(boolean preview) {
    var result =
        PulumiTest.withOptions(options(preview))
            .withMocks(new Answers())
            .runTest(
                context -> {
                  new Thing(
                      KEY,
                      "key",
                      arguments(Output.of(false), Output.of(Map.of("owner", "a"))),
                      CustomResourceOptions.Empty);
                  check(context, Profile.of(true, "neon", TODAY));
                });

    assertThat(result.exitCode()).isNotZero();
    assertThat(String.join("\n", result.errors()))
        .contains(
            "3 violations of the rules for this stack",
            "[tags] aws:kms/key:Key 'key': tags [neonstack:stack, environment] are missing",
            "[kms-rotation] aws:kms/key:Key 'key': enableKeyRotation is 'false'",
            "[stateful-kept] aws:kms/key:Key 'key'")
        .doesNotContain("at dev.neonstack");
  }

  @Test
  void withoutViolationsTheCostIsThere() {
    var result =
        run(
            true,
            context -> {
              new Thing(
                  KEY,
                  "key",
                  arguments(
                      Output.of(true),
                      Output.of(Map.of("owner", "a", "environment", "b", "neonstack:stack", "c"))),
                  CustomResourceOptions.Empty);
              check(context, Profile.of(false, "neon", TODAY));
            });

    var cost =
        PulumiTestInternal.extractOutputData(result.output("cost", Map.class)).getValueNullable();
    assertThat(cost.get("perMonth")).isEqualTo("$1.00");
    assertThat(cost.get("items")).isEqualTo(Map.of("KMS keys", "$1.00"));
  }

  @Test
  void theCorporateStackKeepsTheRules() {
    run(
        false,
        context -> {
          var config = ShippedSettings.corp().read();
          new CorpStack(config.corp().orElseThrow(), config.projects());
          check(context, Profile.of(false, "neon", TODAY));
        });

    assertThat(PulumiTest.extractValue(recorder.declared()))
        .filteredOn(one -> one.type().equals("kubernetes:apps/v1:StatefulSet"))
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(
                        one.input("spec.template.spec.containers").path(0).path("image").asText())
                    .isNotEmpty());
  }

  @Test
  void beforeTheStartNothingIsKept() {
    var idle = new Recorder();
    PulumiTest.withOptions(TestOptions.builder().resourceTransformations(List.of(idle)).build())
        .withMocks(new Answers())
        .runTest(context -> new Group("group"))
        .throwOnError();

    assertThat(PulumiTest.extractValue(idle.declared())).isEmpty();
  }

  private void check(Context context, Profile profile) {
    context.export(
        "cost", Review.check(recorder, profile, PriceTable.shipped(), Usage.assumed(TODAY)));
  }

  private Declared the(String type) {
    List<Declared> all = PulumiTest.extractValue(recorder.declared());
    return all.stream().filter(one -> one.type().equals(type)).findFirst().orElseThrow();
  }

  private TestResult run(boolean preview, Consumer<Context> program) {
    return PulumiTest.withOptions(options(preview))
        .withMocks(new Answers())
        .runTest(program)
        .throwOnError();
  }

  private TestOptions options(boolean preview) {
    return TestOptions.builder()
        .preview(preview)
        .resourceTransformations(List.of(recorder))
        .build();
  }

  private static CustomResourceOptions kept() {
    return CustomResourceOptions.builder().protect(true).retainOnDelete(true).build();
  }

  private static Arguments arguments(Output<Boolean> rotation, Output<Map<String, String>> tags) {
    return new Arguments(rotation, tags);
  }

  /** A component without arguments. */
  private static final class Group extends ComponentResource {
    Group(String name) {
      super("test:index:Group", name, ComponentResourceOptions.Empty);
    }
  }

  /** A resource with an output that is not known before an update. */
  private static final class Thing extends CustomResource {
    @Export(name = "unknown", refs = String.class, tree = "[0]")
    private Output<String> unknown;

    Thing(String type, String name, Arguments arguments, CustomResourceOptions options) {
      super(type, name, arguments, options);
    }

    Output<String> unknown() {
      return unknown;
    }
  }

  /** Inputs as generated classes declare them. */
  @SuppressWarnings("UnusedVariable") // The SDK reads them by reflection.
  private static final class Arguments extends com.pulumi.resources.ResourceArgs {
    @Import(name = "enableKeyRotation")
    private final Output<Boolean> rotation;

    @Import(name = "tags")
    private final Output<Map<String, String>> tags;

    Arguments(Output<Boolean> rotation, Output<Map<String, String>> tags) {
      this.rotation = rotation;
      this.tags = tags;
    }
  }

  /** Answers what was given and what the corporate stack asks for; of new things no more. */
  private static final class Answers implements Mocks {
    private static final Map<String, Object> OUTPUTS =
        Map.of(
            "unknown", Values.UNKNOWN,
            "tenantId", "tenant",
            "branchId", "branch",
            "parentLsn", "0/16B2D50",
            "keyId", "kid",
            "publicKey", "public",
            "privateKey", "private",
            "jwt", "token");

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
      var state = new HashMap<String, Object>(args.inputs);
      state.putAll(OUTPUTS);
      return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name), state));
    }
  }
}
