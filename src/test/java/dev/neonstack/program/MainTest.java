package dev.neonstack.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.PulumiTestInternal;
import dev.neonstack.stacks.config.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"aws", "corp"})
  void aTargetOfALaterVersionIsRefusedInOneSentence(String target) {
    var result = run(Map.of("neonstack:target", target, "neonstack:projects", "[]"));

    assertThat(result.errors())
        .singleElement()
        .asString()
        .startsWith("target '" + target + "' is not in this version of neonstack")
        .contains("pulumi config set neonstack:target local")
        .doesNotContain("\tat ");
    assertThat(result.resources()).hasSize(1);
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
  void theKeysAreThoseOfTheNamespace() {
    var environment =
        Map.of("PULUMI_CONFIG", "{\"neonstack:target\":\"local\",\"aws:region\":\"eu\"}");

    assertThat(ConfigKeys.of("neonstack", environment)).containsExactly("target");
    assertThat(ConfigKeys.of("neonstack", Map.of())).isEmpty();
  }

  /** The only resource ever registered without a project is the stack itself. */
  private static TestResult run(Map<String, String> config) {
    return PulumiTestInternal.builder()
        .mocks(
            args ->
                CompletableFuture.completedFuture(
                    Mocks.ResourceResult.of(Optional.of("id"), args.inputs)))
        .config(config)
        .build()
        .runTest(
            context ->
                Main.declare(
                    context,
                    new Settings(
                        context.config("neonstack")::get, ConfigKeys.of("neonstack", Map.of()))));
  }
}
