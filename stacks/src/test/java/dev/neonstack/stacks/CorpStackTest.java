package dev.neonstack.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.PulumiTestInternal;
import dev.neonstack.stacks.config.ShippedSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorpStackTest {
  private final Answers answers = new Answers();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlyKubernetesAndNeonstackAreAskedForAnything(boolean preview) {
    run(preview, ShippedSettings.corp());

    assertThat(answers.asked)
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(one.type).matches("(pulumi:providers:)?(kubernetes|neonstack)(:.*)?"));
  }

  /** With a class of another cloud out of reach, loading one would end the program. */
  @Test
  void noClassOfAnotherCloudIsLoaded() throws Exception {
    var loader = new WithoutOtherClouds();
    var run = loader.loadClass(OutOfReach.class.getName()).getDeclaredMethod("run");
    run.setAccessible(true);

    assertThat(run.invoke(null)).isEqualTo(true);

    assertThatThrownBy(() -> loader.loadClass("com.pulumi.aws.Provider"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(loader.loaded).contains("dev.neonstack.stacks.CorpStack");
  }

  /** What runs with classes of its own. */
  static final class OutOfReach {
    private OutOfReach() {}

    static boolean run() {
      var test = new CorpStackTest();
      test.run(false, ShippedSettings.corp());
      PulumiTest.cleanup();
      return !test.answers.asked.isEmpty();
    }
  }

  /** Loads the project's own classes anew, and none of the other clouds'. */
  private static final class WithoutOtherClouds extends ClassLoader {
    private final List<String> loaded = new CopyOnWriteArrayList<>();

    WithoutOtherClouds() {
      super(CorpStackTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.matches("com\\.pulumi\\.(aws|eks|docker)\\..*")) {
        throw new ClassNotFoundException(name + " is out of reach");
      }
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith("dev.neonstack.") || name.startsWith("dev.neonstack.sdk.")) {
          return super.loadClass(name, resolve);
        }
        var found = findLoadedClass(name);
        return found == null ? define(name) : found;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        var bytes = in.readAllBytes();
        loaded.add(name);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void everyObjectGoesToTheNamedClusterAndEveryProjectToItsStorage() {
    run(false, ShippedSettings.corp());

    var kubernetes = answers.the("pulumi:providers:kubernetes", "kubernetes");
    assertThat(kubernetes.inputs)
        .containsEntry("context", "corp")
        .containsEntry("enableConfigMapMutable", "true")
        .containsEntry("enableSecretMutable", "true");
    assertThat(answers.asked)
        .filteredOn(one -> one.type.startsWith("kubernetes:"))
        .hasSizeGreaterThan(40)
        .allSatisfy(
            one -> assertThat(one.provider).contains("pulumi:providers:kubernetes::kubernetes"));
    var storage = answers.the("pulumi:providers:neonstack", "storage");
    assertThat(storage.inputs)
        .containsEntry("namespace", "neon")
        .containsEntry("storageToken", "token of neon-keys-provider")
        .containsEntry(
            "controlPlaneToken", "token of neon-control-plane-keys-control-plane-api-key");
    assertThat(answers.the("neonstack:index:Branch", "demo/main").provider)
        .contains("pulumi:providers:neonstack::storage");
  }

  @Test
  void whereAnotherControlPlaneIsCalledNoneIsDeployedAndNobodyRegistersThere() {
    run(
        false,
        ShippedSettings.corp()
            .without("images/controlPlane")
            .with("storage/controller/controlPlaneUrl", "http://cp.example:80"));

    assertThat(answers.asked)
        .noneMatch(one -> one.name.matches("neon-control-plane(-keys)?") && !isPolicy(one));
    assertThat(
            answers
                .the("kubernetes:apps/v1:Deployment", "neon-storage-controller")
                .inputs
                .toString())
        .contains("--control-plane-url=http://cp.example:80");
    assertThat(answers.the("pulumi:providers:neonstack", "storage").inputs)
        .doesNotContainKey("controlPlaneToken");
  }

  private static boolean isPolicy(Mocks.ResourceArgs one) {
    return one.type.endsWith(":NetworkPolicy");
  }

  @Test
  void withoutProjectsNothingAsksForTheStorage() {
    run(false, ShippedSettings.corp().without("projects"));

    assertThat(answers.asked)
        .noneMatch(
            one -> one.type.equals("pulumi:providers:neonstack") && one.name.equals("storage"));
  }

  @Test
  void treeAndServicesAreExported() {
    var result =
        run(false, ShippedSettings.corp().with("proxy", "{tlsSecret: tls, exposure: ClusterIP}"));

    var branches = (List<?>) value(result, "branches");
    assertThat(branches).hasSize(2);
    assertThat(((Map<?, ?>) branches.get(1)).get("parent")).isEqualTo("main");
    assertThat(value(result, "services"))
        .isEqualTo(
            Map.of(
                "storageController", "http://storage-controller.neon.svc:50051",
                "storageBroker", "http://storage-broker.neon.svc:50051",
                "controlPlane", "http://control-plane.neon.svc:9899",
                "proxy", "proxy.neon.svc"));
    assertThat(value(result, "bucket")).isEqualTo("neon");
  }

  private static Object value(TestResult result, String output) {
    return PulumiTestInternal.extractOutputData(result.output(output)).getValueNullable();
  }

  private TestResult run(boolean preview, ShippedSettings settings) {
    return PulumiTest.withOptions(TestOptions.builder().preview(preview).build())
        .withMocks(answers)
        .runTest(
            context -> {
              var config = settings.read();
              new CorpStack(config.corp().orElseThrow(), config.projects()).export(context);
            })
        .throwOnError();
  }

  /** Answers as the providers would, and remembers what it was asked. */
  private static final class Answers implements Mocks {
    private final List<ResourceArgs> asked = new CopyOnWriteArrayList<>();

    ResourceArgs the(String type, String name) {
      return asked.stream()
          .filter(one -> one.type.equals(type) && one.name.equals(name))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
      asked.add(args);
      var state = new HashMap<String, Object>(args.inputs);
      state.putAll(
          switch (args.type) {
            case "neonstack:index:Project" -> Map.of("tenantId", "tenant");
            case "neonstack:index:Branch" ->
                Map.of("branchId", "id of " + args.name, "parentLsn", "0/16B2D50");
            case "neonstack:index:SigningKey" ->
                Map.of("keyId", "kid", "publicKey", "public", "privateKey", "private");
            case "neonstack:index:Token" -> Map.of("jwt", "token of " + args.name);
            default -> Map.of();
          });
      return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name), state));
    }
  }
}
