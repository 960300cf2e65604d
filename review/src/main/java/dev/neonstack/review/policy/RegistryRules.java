package dev.neonstack.review.policy;

import static dev.neonstack.review.policy.CheckedRule.rule;
import static dev.neonstack.review.policy.Declarations.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Values;
import java.util.List;

/** Rules for ECR. */
final class RegistryRules {
  static final String REPOSITORY = aws("ecr", "Repository");

  private RegistryRules() {}

  static List<CheckedRule> all() {
    var repositories = List.of(REPOSITORY);
    return List.of(
        rule("ecr-immutable", "image tags IMMUTABLE")
            .because("Else a tag that was reviewed can come to mean another image.")
            .change(
                "Set imageTagMutability IMMUTABLE.",
                Check.each(repositories, "imageTagMutability", Finding.is("IMMUTABLE"))),
        rule("ecr-encrypted", "encryption by KMS")
            .because("Images hold the code and may hold more.")
            .change(
                "Set encryptionConfigurations to one with encryptionType KMS.",
                Check.each(repositories, "encryptionConfigurations", RegistryRules::isKms)));
  }

  private static boolean isKms(JsonNode configurations) {
    return Declarations.each(configurations)
        .map(one -> one.path("encryptionType"))
        .anyMatch(type -> Values.isHidden(type) || type.asText().equals("KMS"));
  }
}
