package dev.neonstack.components.aws.registry;

import static java.util.Objects.requireNonNull;

import com.pulumi.aws.ecr.LifecyclePolicy;
import com.pulumi.aws.ecr.LifecyclePolicyArgs;
import com.pulumi.aws.ecr.Repository;
import com.pulumi.aws.ecr.RepositoryArgs;
import com.pulumi.aws.ecr.inputs.RepositoryEncryptionConfigurationArgs;
import com.pulumi.aws.ecr.inputs.RepositoryImageScanningConfigurationArgs;
import com.pulumi.aws.kms.Key;
import com.pulumi.aws.kms.KeyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The repositories of Neon's images in ECR. A tag means one image for ever, every image is scanned
 * as it is pushed, and all of them are encrypted with one key.
 */
public final class Repositories extends ComponentResource {
  /** What the names of the repositories start with, where a stack has no reason for another. */
  public static final String DEFAULT_PREFIX = "neon";

  /** How such a beginning is written. */
  public static final String PREFIX = "lower-case letters and digits, with single . _ - / between";

  private static final int UNTAGGED_DAYS = 7;
  private static final int TAGGED_KEPT = 30;
  private static final int KEY_DELETION_DAYS = 30;

  private static final String LIFECYCLE =
      """
      {"rules": [
        {"rulePriority": 1, "description": "images that lost their tag go after %d days",
         "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed",
                       "countUnit": "days", "countNumber": %d},
         "action": {"type": "expire"}},
        {"rulePriority": 2, "description": "the last %d tags stay",
         "selection": {"tagStatus": "tagged", "tagPatternList": ["*"],
                       "countType": "imageCountMoreThan", "countNumber": %d},
         "action": {"type": "expire"}}
      ]}
      """
          .formatted(UNTAGGED_DAYS, UNTAGGED_DAYS, TAGGED_KEPT, TAGGED_KEPT);

  private final Output<String> keyArn;
  private final Map<NeonImage, Repository> repositories = new EnumMap<>(NeonImage.class);

  /**
   * What the repositories are like.
   *
   * @param prefix of their names; one account and region has each name once
   * @param keyArn of KMS, to encrypt with; absent: one is made
   * @param forceDelete whether a repository goes together with its images. If not, Pulumi refuses
   *     to remove it
   */
  public record Spec(String prefix, Optional<Output<String>> keyArn, boolean forceDelete) {
    public Spec {
      requireNonNull(keyArn, "keyArn is null");
      if (!isPrefix(prefix)) {
        throw new IllegalArgumentException("prefix is '%s'; expected %s".formatted(prefix, PREFIX));
      }
    }
  }

  /** Declares the repositories. */
  public Repositories(String name, Spec spec, ComponentResourceOptions options) {
    super("neonstack:aws:Repositories", name, options);
    var child = CustomResourceOptions.builder().parent(this).protect(!spec.forceDelete()).build();
    this.keyArn = spec.keyArn().orElseGet(() -> key(name, spec, child));
    for (var image : NeonImage.values()) {
      var repository = new Repository(name + "-" + image.word(), args(image, spec), child);
      new LifecyclePolicy(
          name + "-" + image.word() + "-lifecycle",
          LifecyclePolicyArgs.builder().repository(repository.name()).policy(LIFECYCLE).build(),
          CustomResourceOptions.builder().parent(this).build());
      repositories.put(image, repository);
    }
    registerOutputs(Map.of("registry", registry(), "keyArn", keyArn));
  }

  public static boolean isPrefix(String text) {
    return text.matches("[a-z0-9]+([._/-][a-z0-9]+)*");
  }

  private static Output<String> key(String name, Spec spec, CustomResourceOptions child) {
    return new Key(
            name + "-key",
            KeyArgs.builder()
                .description("images of %s in ECR".formatted(spec.prefix()))
                .enableKeyRotation(true)
                .deletionWindowInDays(KEY_DELETION_DAYS)
                .build(),
            CustomResourceOptions.merge(
                child, CustomResourceOptions.builder().retainOnDelete(!spec.forceDelete()).build()))
        .arn();
  }

  private RepositoryArgs args(NeonImage image, Spec spec) {
    return RepositoryArgs.builder()
        .name(spec.prefix() + "/" + image.word())
        .imageTagMutability("IMMUTABLE")
        .imageScanningConfiguration(
            RepositoryImageScanningConfigurationArgs.builder().scanOnPush(true).build())
        .encryptionConfigurations(
            RepositoryEncryptionConfigurationArgs.builder()
                .encryptionType("KMS")
                .kmsKey(keyArn)
                .build())
        .forceDelete(spec.forceDelete())
        .build();
  }

  /** The host that images are pushed to and pulled from. */
  public Output<String> registry() {
    return url(NeonImage.PAGESERVER).applyValue(url -> url.substring(0, url.indexOf('/')));
  }

  /** Host and name of a repository. */
  public Output<String> url(NeonImage image) {
    return repositories.get(image).repositoryUrl();
  }

  /** For policies that let somebody pull. */
  public Output<String> arn(NeonImage image) {
    return repositories.get(image).arn();
  }

  /** The key that images are encrypted with. */
  public Output<String> keyArn() {
    return keyArn;
  }
}
