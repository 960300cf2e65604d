package dev.neonstack.components.aws.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RepositoriesTest {
  private static final String REPOSITORY = "aws:ecr/repository:Repository";

  private final RecordedRegistry registry = new RecordedRegistry();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void everyImageHasARepositoryUnderThePrefix() {
    declare(spec(true));

    assertThat(registry.ofType(REPOSITORY))
        .extracting(one -> one.inputs.get("name"))
        .containsExactlyInAnyOrder(
            "neon/pageserver",
            "neon/safekeeper",
            "neon/proxy",
            "neon/storage-broker",
            "neon/storage-controller",
            "neon/compute",
            "neon/control-plane");
  }

  @Test
  void tagsStayImagesAreScannedAndEncryptedWithTheKeyThatIsMade() {
    declare(spec(true));

    assertThat(registry.ofType(REPOSITORY))
        .allSatisfy(
            one ->
                assertThat(one.inputs)
                    .containsEntry("imageTagMutability", "IMMUTABLE")
                    .containsEntry("forceDelete", true)
                    .containsEntry("imageScanningConfiguration", Map.of("scanOnPush", true))
                    .containsEntry(
                        "encryptionConfigurations",
                        List.of(Map.of("encryptionType", "KMS", "kmsKey", "arn:aws:kms:made"))));
    assertThat(registry.inputs("aws:kms/key:Key", "images-key"))
        .containsEntry("enableKeyRotation", true)
        .containsEntry("deletionWindowInDays", 30.0);
  }

  @Test
  void aKeyThatIsGivenIsUsedAndNoneIsMade() {
    var made =
        declare(new Repositories.Spec("neon", Optional.of(Output.of("arn:aws:kms:theirs")), true));

    assertThat(registry.ofType("aws:kms/key:Key")).isEmpty();
    assertThat(registry.inputs(REPOSITORY, "images-proxy").get("encryptionConfigurations"))
        .asString()
        .contains("arn:aws:kms:theirs");
    assertThat(PulumiTest.extractValue(made.keyArn())).isEqualTo("arn:aws:kms:theirs");
  }

  @Test
  void imagesWithoutATagGoAfterSevenDaysAndThirtyTagsStay() throws Exception {
    declare(spec(true));

    var policies = registry.ofType("aws:ecr/lifecyclePolicy:LifecyclePolicy");
    assertThat(policies).hasSize(7);
    var inputs =
        registry.inputs("aws:ecr/lifecyclePolicy:LifecyclePolicy", "images-proxy-lifecycle");
    assertThat(inputs).containsEntry("repository", "neon/proxy");
    var rules = new ObjectMapper().readTree((String) inputs.get("policy")).path("rules");
    assertThat(rules)
        .hasSize(2)
        .allMatch(rule -> rule.at("/action/type").asText().equals("expire"));
    assertThat(rules.get(0).path("selection"))
        .hasToString(
            "{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\",\"countNumber\":7}");
    assertThat(rules.get(1).path("selection"))
        .hasToString(
            "{\"tagStatus\":\"tagged\",\"tagPatternList\":[\"*\"],\"countType\":\"imageCountMoreThan\",\"countNumber\":30}");
  }

  @Test
  void inProductionARepositoryIsProtectedAndDoesNotGoWithItsImages() {
    declare(spec(false));

    assertThat(registry.inputs(REPOSITORY, "images-compute")).containsEntry("forceDelete", false);
    assertThat(registry.request("images-compute").getProtect()).isTrue();
    assertThat(registry.request("images-key").getProtect()).isTrue();
  }

  @Test
  void elsewhereNothingIsProtected() {
    declare(spec(true));

    assertThat(registry.request("images-compute").getProtect()).isFalse();
  }

  @Test
  void everyChildHasTheComponentAsItsParent() {
    declare(spec(true));

    assertThat(List.of("images-key", "images-proxy", "images-proxy-lifecycle"))
        .allSatisfy(
            name ->
                assertThat(registry.request(name).getParent())
                    .endsWith("neonstack:aws:Repositories::images"));
  }

  @Test
  void theRegistryIsTheHostOfTheRepositories() {
    var made = declare(spec(true));

    assertThat(PulumiTest.extractValue(made.registry())).isEqualTo(RecordedRegistry.HOST);
    assertThat(PulumiTest.extractValue(made.url(NeonImage.PROXY)))
        .isEqualTo(RecordedRegistry.HOST + "/neon/proxy");
    assertThat(PulumiTest.extractValue(made.arn(NeonImage.PROXY))).contains(":repository/");
  }

  @Test
  void aPrefixThatEcrRefusesIsRefused() {
    assertThatThrownBy(() -> new Repositories.Spec("Neon", Optional.empty(), true))
        .hasMessageContaining("prefix is 'Neon'; expected lower-case letters");
  }

  private Repositories declare(Repositories.Spec spec) {
    var made = new AtomicReference<Repositories>();
    registry.run(context -> made.set(new Repositories("images", spec, null))).throwOnError();
    return made.get();
  }

  private static Repositories.Spec spec(boolean forceDelete) {
    return new Repositories.Spec(Repositories.DEFAULT_PREFIX, Optional.empty(), forceDelete);
  }
}
