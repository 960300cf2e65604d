package dev.neonstack.review.policy;

import static dev.neonstack.review.policy.CheckedRule.rule;
import static dev.neonstack.review.policy.Declarations.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules for S3. */
final class BucketRules {
  static final List<String> BUCKETS = List.of(aws("s3", "BucketV2"), aws("s3", "Bucket"));

  private static final List<String> ENCRYPTION =
      bothKinds("BucketServerSideEncryptionConfiguration");
  private static final List<String> VERSIONING = bothKinds("BucketVersioning");
  private static final List<String> PUBLIC_ACCESS = List.of(aws("s3", "BucketPublicAccessBlock"));
  private static final List<String> POLICY = List.of(aws("s3", "BucketPolicy"));
  private static final List<String> BLOCKS =
      List.of("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets");

  private BucketRules() {}

  static List<CheckedRule> all() {
    return List.of(
        rule("s3-encrypted", "encryption by KMS")
            .because("Whoever gets at the objects should need the key as well.")
            .change(
                "Give the bucket a BucketServerSideEncryptionConfigurationV2 with sseAlgorithm aws:kms.",
                (all, profile) -> each(all, bucket -> encryption(all, bucket))),
        rule("s3-not-public", "a complete public access block and no statement for everybody")
            .because("Pages and WAL hold all data of all customers.")
            .change(
                "Give the bucket a BucketPublicAccessBlock with all four settings true, and name the principals of its policy.",
                (all, profile) -> each(all, bucket -> publicity(all, bucket))),
        rule("s3-tls-only", "a policy that denies requests without TLS")
            .because("Objects and request signatures could be read on the way.")
            .change(
                "Add a Deny of s3:* for Principal * with the condition Bool aws:SecureTransport false.",
                (all, profile) -> each(all, bucket -> transport(all, bucket))),
        rule("s3-versioned", "versioning status Enabled")
            .because("An object that was deleted by mistake has to come back.")
            .change(
                "Give the bucket a BucketVersioningV2 with status Enabled.",
                (all, profile) -> each(all, bucket -> versioning(all, bucket))));
  }

  private static List<String> bothKinds(String name) {
    return List.of(aws("s3", name), aws("s3", name + "V2"));
  }

  private static Stream<Finding> each(Declarations all, Function<Declared, Stream<Finding>> check) {
    return all.of(BUCKETS).flatMap(check);
  }

  private static Stream<Finding> encryption(Declarations all, Declared bucket) {
    var settings = all.referring(ENCRYPTION, "bucket", bucket);
    var path = "applyServerSideEncryptionByDefault.sseAlgorithm";
    if (settings.isEmpty()) {
      var inline = bucket.input("serverSideEncryptionConfiguration.rule." + path);
      return isKms(inline) ? Stream.empty() : Stream.of(Finding.of(bucket, "encryption", inline));
    }
    return settings.stream()
        .flatMap(
            one ->
                Declarations.each(one.input("rules"))
                    .map(declared -> Values.at(declared, path))
                    .filter(algorithm -> !isKms(algorithm))
                    .map(algorithm -> Finding.of(one, "sseAlgorithm", algorithm)));
  }

  private static boolean isKms(JsonNode algorithm) {
    return Values.isHidden(algorithm) || algorithm.asText().startsWith("aws:kms");
  }

  private static Stream<Finding> publicity(Declarations all, Declared bucket) {
    var blocks = all.referring(PUBLIC_ACCESS, "bucket", bucket);
    var missing =
        blocks.isEmpty()
            ? Stream.of(new Finding(bucket, "the public access block is missing"))
            : blocks.stream()
                .flatMap(
                    one ->
                        BLOCKS.stream()
                            .flatMap(name -> Finding.unless(one, name, Finding.is("true"))));
    var open =
        all.referring(POLICY, "bucket", bucket).stream()
            .flatMap(
                one ->
                    PolicyDocument.of(one.input("policy")).stream()
                        .filter(Statement::isForEverybody)
                        .map(
                            it ->
                                new Finding(one, "a statement allows " + it.actions() + " to *")));
    return Stream.concat(missing, open);
  }

  private static Stream<Finding> transport(Declarations all, Declared bucket) {
    var policies = all.referring(POLICY, "bucket", bucket);
    if (policies.isEmpty()) {
      return Stream.of(new Finding(bucket, "the bucket policy is missing"));
    }
    return policies.stream()
        .filter(one -> !Values.isHidden(one.input("policy")))
        .filter(
            one -> PolicyDocument.of(one.input("policy")).stream().noneMatch(Statement::needsTls))
        .map(one -> new Finding(one, "no statement denies requests without TLS"));
  }

  private static Stream<Finding> versioning(Declarations all, Declared bucket) {
    var settings = all.referring(VERSIONING, "bucket", bucket);
    if (settings.isEmpty()) {
      return Finding.unless(bucket, "versioning.enabled", Finding.is("true"));
    }
    return settings.stream()
        .flatMap(
            one -> Finding.unless(one, "versioningConfiguration.status", Finding.is("Enabled")));
  }
}
