package dev.neonstack.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.PulumiTestInternal;
import dev.neonstack.components.neon.BranchLifetime;
import dev.neonstack.components.neon.BranchOrigin;
import dev.neonstack.components.neon.BranchSpec;
import dev.neonstack.components.neon.EndpointSpec;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.RoleSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalStackTest {
  private final Answers answers = new Answers();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everythingIsMadeByTheProviderOfThisMachine(boolean preview) {
    run(preview);

    assertThat(answers.inputs.get("pulumi:providers:neonstack local"))
        .containsExactly(Map.entry("target", "local"));
    assertThat(answers.providers)
        .containsOnlyKeys("demo", "demo/main", "demo/main/app", "demo/dev")
        .allSatisfy(
            (name, provider) -> assertThat(provider).contains("pulumi:providers:neonstack::local"));
  }

  @Test
  void theUrisAreExportedAsASecretByProjectAndBranch() {
    var uris = PulumiTestInternal.extractOutputData(run(false).output("connectionUris"));

    assertThat(uris.isSecret()).isTrue();
    var byBranch = (Map<?, ?>) uris.getValueNullable();
    assertThat(byBranch.keySet()).isEqualTo(Set.of("demo/main"));
    assertThat(PulumiTest.extractValue((Output<?>) byBranch.get("demo/main")))
        .isEqualTo("postgresql://app:pw@127.0.0.1:55432/postgres");
  }

  @Test
  void theTreeIsExportedInTheClearWithoutWhatABranchDoesNotHave() {
    var tree = PulumiTestInternal.extractOutputData(run(false).output("branches"));

    assertThat(tree.isSecret()).isFalse();
    var branches = (List<?>) tree.getValueNullable();
    assertThat(known(branches.get(0)))
        .isEqualTo(
            Map.of(
                "project", "demo",
                "name", "main",
                "id", "id of demo/main",
                "endpoint", "ep of demo/main",
                "host", "127.0.0.1",
                "port", 55432));
    assertThat(known(branches.get(1)))
        .isEqualTo(
            Map.of(
                "project", "demo",
                "name", "dev",
                "id", "id of demo/dev",
                "parent", "main",
                "parentLsn", Optional.of("0/16B2D50")));
  }

  private static Map<Object, Object> known(Object branch) {
    var known = new HashMap<Object, Object>();
    ((Map<?, ?>) branch)
        .forEach(
            (key, value) ->
                known.put(
                    key,
                    value instanceof Output<?> output ? PulumiTest.extractValue(output) : value));
    return known;
  }

  private TestResult run(boolean preview) {
    return PulumiTest.withOptions(TestOptions.builder().preview(preview).build())
        .withMocks(answers)
        .runTest(context -> new LocalStack(List.of(demo())).export(context))
        .throwOnError();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProtectedBranchThatIsLeftOutIsRefusedInOurWords(boolean preview) {
    answers.own.add(
        Map.of(
            "urn",
            "urn:pulumi:stack::project::neonstack:neon:ProjectTree$neonstack:index:Branch::demo/kept",
            "protected",
            true));

    run(preview);

    assertThat(answers.inputs)
        .hasEntrySatisfying(
            "neonstack:index:Configuration Pulumi.stack.yaml",
            inputs ->
                assertThat(inputs.get("reason"))
                    .asString()
                    .startsWith("branch 'demo/kept' is protected and left out"));
  }

  private static ProjectSpec demo() {
    var main =
        new BranchSpec(
            "main",
            Optional.empty(),
            BranchLifetime.UNTIL_REMOVED,
            false,
            Optional.of(EndpointSpec.DEFAULT),
            List.of(new RoleSpec("app", Optional.empty(), List.of())),
            List.of(),
            List.of());
    var dev =
        new BranchSpec(
            "dev",
            Optional.of(new BranchOrigin("main", Optional.empty(), Optional.empty())),
            BranchLifetime.UNTIL_REMOVED,
            false,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of());
    return new ProjectSpec(
        "demo", 17, Duration.ofDays(7), Optional.empty(), List.of(dev, main), List.of());
  }

  /** Answers as the provider would, and remembers what it was asked. */
  private static final class Answers implements Mocks {
    private final Map<String, Map<String, Object>> inputs = new ConcurrentHashMap<>();
    private final Map<String, String> providers = new ConcurrentHashMap<>();

    private final List<Object> own = new ArrayList<>();

    @Override
    public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
      return CompletableFuture.completedFuture(Map.of("branches", own));
    }

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
      inputs.put(args.type + " " + args.name, args.inputs);
      if (args.type.startsWith("neonstack:index:") && !args.type.endsWith(":Configuration")) {
        providers.put(args.name, args.provider);
      }
      var state = new HashMap<String, Object>(args.inputs);
      state.putAll(
          switch (args.type) {
            case "neonstack:index:Project" -> Map.of("tenantId", "tenant");
            case "neonstack:index:Branch" ->
                Map.of("branchId", "id of " + args.name, "parentLsn", "0/16B2D50");
            case "neonstack:index:Role" -> Map.of("password", "pw");
            case "neonstack:index:Endpoint" ->
                Map.of("endpointId", "ep of " + args.name, "host", "127.0.0.1", "port", 55432);
            default -> Map.of();
          });
      return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name), state));
    }
  }
}
