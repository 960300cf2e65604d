package dev.neonstack.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.PulumiTestInternal;
import dev.neonstack.stacks.Recorder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MainTest {
  private final AtomicInteger starts = new AtomicInteger();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void theLocalTargetIsTheLocalStack() {
    var result = run(Map.of("neonstack:target", "local", "neonstack:projects", "[]"));

    result.throwOnError();
    assertThat(result.outputs()).containsOnlyKeys("connectionUris", "branches");
  }

  @Test
  void anUpdateSeesToTheLocalProcessAndAPreviewDoesNot() {
    var config = Map.of("neonstack:target", "local", "neonstack:projects", "[]");

    run(config, true).throwOnError();
    assertThat(starts).hasValue(0);
    PulumiTest.cleanup();

    run(config, false).throwOnError();
    assertThat(starts).hasValue(1);
  }

  @Test
  void theTargetOnAwsWantsItsOwnSettingsAndNotTheLocalProcess() {
    var result = run(Map.of("neonstack:target", "aws"));

    assertThat(result.errors()).singleElement().asString().contains("aws.accountId is missing");
    assertThat(starts).hasValue(0);
  }

  @Test
  void theCorporateTargetWantsItsOwnSettingsAndNotTheLocalProcess() {
    var result = run(Map.of("neonstack:target", "corp"));

    assertThat(result.errors()).singleElement().asString().contains("cluster.context is missing");
    assertThat(starts).hasValue(0);
  }

  @Test
  void theCorporateTargetLooksAtItsClusterBeforeAnyResource() {
    var result = run(corp("{\"kubeconfig\": \"/nowhere\", \"context\": \"corp\"}"));

    assertThat(result.errors())
        .singleElement()
        .asString()
        .contains("1 problem ", "kubeconfig /nowhere cannot be read", "nothing was changed")
        .doesNotContain("\tat ");
    assertThat(result.resources()).hasSize(1);
    PulumiTest.cleanup();

    run(corp("{\"kubeconfig\": \"/nowhere\", \"context\": \"corp\", \"checks\": false}"))
        .throwOnError();
  }

  /** The least that a corporate stack declares. */
  private static Map<String, String> corp(String cluster) {
    return Map.of(
        "neonstack:target",
        "corp",
        "neonstack:cluster",
        cluster,
        "neonstack:images",
        "{\"neon\": \"neon:1\", \"controlPlane\": \"control-plane@sha256:%s\"}"
            .formatted("0".repeat(64)),
        "neonstack:network",
        """
        {"objectStore": {"cidrs": ["10.1.0.0/24"], "ports": [80]},
         "apiServer": {"cidrs": ["10.96.0.1/32"], "ports": [443]}}
        """,
        "neonstack:storageClasses",
        "[{\"name\": \"fast\"}]",
        "neonstack:objectStore",
        """
        {"endpoint": "http://rgw", "bucket": "neon", "credentials": {"secret": "neon-bucket"}}
        """,
        "neonstack:storage",
        """
        {"controller": {"database": {"storageClass": "fast"}},
         "pageservers": {"storageClass": "fast"}, "safekeepers": {"storageClass": "fast"}}
        """);
  }

  @Test
  void aWrongConfigurationIsSaidWithoutATraceAndBeforeAnyResource() {
    var result = run(Map.of("neonstack:target", "local", "neonstack:projects", "{}"));

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.errors())
        .singleElement()
        .asString()
        .contains("projects is a map; expected a list")
        .doesNotContain("\tat ");
    assertThat(result.resources()).hasSize(1);
  }

  @Test
  void theKeysAndTheSecretOnesAreThoseOfTheNamespace() {
    var environment =
        Map.of(
            "PULUMI_CONFIG",
            "{\"neonstack:target\":\"local\",\"neonstack:projects\":\"[]\",\"aws:region\":\"eu\"}",
            "PULUMI_CONFIG_SECRET_KEYS",
            "[\"neonstack:projects\",\"aws:secretKey\"]");

    var settings = EngineSettings.of("neonstack", environment, key -> Optional.empty());

    assertThat(settings.keys()).containsExactlyInAnyOrder("target", "projects");
    assertThat(settings.secrets()).containsExactly("projects");
    assertThat(EngineSettings.of("neonstack", Map.of(), key -> Optional.empty()).keys()).isEmpty();
  }

  /** The only resource ever registered without a project is the stack itself. */
  private TestResult run(Map<String, String> config) {
    return run(config, false);
  }

  private TestResult run(Map<String, String> config, boolean preview) {
    return PulumiTestInternal.builder()
        .options(TestOptions.builder().preview(preview).build())
        .mocks(new Answers())
        .config(config)
        .build()
        .runTest(
            context ->
                Main.declare(
                    context,
                    EngineSettings.of("neonstack", Map.of(), context.config("neonstack")::get),
                    () -> starts.incrementAndGet(),
                    new Recorder()));
  }

  /** Makes whatever is asked for; the stack has made nothing before. */
  private static final class Answers implements Mocks {
    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
      return CompletableFuture.completedFuture(ResourceResult.of(Optional.of("id"), args.inputs));
    }

    @Override
    public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
      return CompletableFuture.completedFuture(Map.of("branches", List.of()));
    }
  }
}
