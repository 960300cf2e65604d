package dev.neonstack.components.aws.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.aws.RecordedAccount;
import dev.neonstack.components.neon.storage.ObjectStore;
import dev.neonstack.components.neon.storage.ObjectStore.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataBucketTest {
  private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/data-key";

  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void everyPartBelongsToTheBucket() {
    declare(true);

    assertThat(account.names())
        .containsExactly(
            "BucketLifecycleConfigurationV2 data-lifecycle",
            "BucketOwnershipControls data-ownership",
            "BucketPolicy data-policy",
            "BucketPublicAccessBlock data-public-access",
            "BucketServerSideEncryptionConfigurationV2 data-encryption",
            "BucketV2 data",
            "BucketVersioningV2 data-versioning",
            "Key data-key");
    assertThat(account.parents().values()).containsOnly("DataBucket data");
  }

  @Test
  void pulumiNeitherRemovesNorEmptiesABucketOfProtectedData() {
    declare(true);

    assertThat(account.the("BucketV2", "data").at("forceDestroy")).isEqualTo(false);
    for (var request : account.requests()) {
      assertThat(request.getProtect()).as(request.getName()).isTrue();
      assertThat(request.getRetainOnDelete()).as(request.getName()).isTrue();
    }
  }

  @Test
  void aBucketOfOtherDataIsRemovedOnceItIsEmpty() {
    declare(false);

    assertThat(account.the("BucketV2", "data").at("forceDestroy")).isEqualTo(false);
    for (var request : account.requests()) {
      assertThat(request.getProtect()).as(request.getName()).isFalse();
      assertThat(request.getRetainOnDelete()).as(request.getName()).isFalse();
    }
  }

  @Test
  void versionsStayForTheHistoryAndCurrentObjectsForEver() {
    declare(true);

    assertThat(
            account
                .the("BucketVersioningV2", "data-versioning")
                .at("versioningConfiguration", "status"))
        .isEqualTo("Enabled");
    var rules = account.the("BucketLifecycleConfigurationV2", "data-lifecycle").at("rules");
    assertThat(rules)
        .isEqualTo(
            List.of(
                rule(
                    "tier-by-use",
                    "transitions",
                    List.of(Map.of("days", 30.0, "storageClass", "INTELLIGENT_TIERING"))),
                rule(
                    "expire-noncurrent",
                    "noncurrentVersionExpiration",
                    Map.of("noncurrentDays", 9.0),
                    "expiration",
                    Map.of("expiredObjectDeleteMarker", true)),
                rule(
                    "abort-uploads",
                    "abortIncompleteMultipartUpload",
                    Map.of("daysAfterInitiation", 7.0))));
  }

  @Test
  void objectsAreEncryptedWithTheKeyOfTheBucket() {
    declare(true);

    var key = account.the("Key", "data-key");
    assertThat(key.at("enableKeyRotation")).isEqualTo(true);
    assertThat(key.at("deletionWindowInDays")).isEqualTo(30.0);
    assertThat(key.inputs()).doesNotContainKey("policy");
    assertThat(
            account
                .the("BucketServerSideEncryptionConfigurationV2", "data-encryption")
                .at("rules", 0))
        .isEqualTo(
            Map.of(
                "bucketKeyEnabled",
                true,
                "applyServerSideEncryptionByDefault",
                Map.of("sseAlgorithm", "aws:kms", "kmsMasterKeyId", KEY)));
  }

  @Test
  void nobodyOutsideTheAccountIsLetIn() {
    declare(true);

    assertThat(account.the("BucketPublicAccessBlock", "data-public-access").inputs())
        .isEqualTo(
            Map.of(
                "bucket", "neon-data-dev",
                "blockPublicAcls", true,
                "blockPublicPolicy", true,
                "ignorePublicAcls", true,
                "restrictPublicBuckets", true));
    assertThat(
            account.the("BucketOwnershipControls", "data-ownership").at("rule", "objectOwnership"))
        .isEqualTo("BucketOwnerEnforced");
  }

  @Test
  void thePolicyOfTheBucketOnlyDenies() {
    declare(true);

    var statements = account.the("BucketPolicy", "data-policy").json("policy").at("/Statement");
    assertThat(statements).hasSize(4);
    for (var statement : statements) {
      assertThat(statement.at("/Effect").textValue()).isEqualTo("Deny");
      assertThat(statement.at("/Principal").textValue()).isEqualTo("*");
    }
  }

  @Test
  void accessToTheBucketChangesStepByStep() {
    declare(true);

    assertThat(account.before("BucketPolicy", "data-policy"))
        .contains("BucketOwnershipControls data-ownership");
    assertThat(account.before("BucketOwnershipControls", "data-ownership"))
        .contains("BucketPublicAccessBlock data-public-access");
    assertThat(account.before("BucketLifecycleConfigurationV2", "data-lifecycle"))
        .contains("BucketVersioningV2 data-versioning");
  }

  @Test
  void neonTakesItAsABucketOfAmazonS3() {
    var store = declare(true);

    assertThat(store.endpoint()).isEmpty();
    assertThat(store.region()).isEqualTo("eu-central-1");
    assertThat(PulumiTest.extractValue(store.bucket())).isEqualTo("neon-data-dev");
    assertThat(store.pageserverPrefix()).isEqualTo("pageserver");
    assertThat(store.safekeeperPrefix()).isEqualTo("safekeeper");
    assertThat(store.access().credentials()).isEmpty();
    assertThat(store.caBundle()).isEmpty();
  }

  @Test
  void versionsThatGoBeforeTheHistoryEndsAreRefused() {
    assertThatThrownBy(() -> spec("pageserver", "safekeeper", Duration.ofHours(169)))
        .hasMessage(
            "noncurrentDays is 7; expected 1 or more, and no less than historyRetention, which is PT169H");
    assertThat(spec("pageserver", "safekeeper", Duration.ofDays(7)).noncurrentDays()).isEqualTo(7);
  }

  @Test
  void prefixesThatOverlapAreRefused() {
    assertThatThrownBy(() -> spec("neon", "neon/wal", Duration.ofDays(1)))
        .hasMessageContaining("pageserverPrefix 'neon' and safekeeperPrefix 'neon/wal' overlap");
    assertThat(spec("neon", "neon-wal", Duration.ofDays(1)).safekeeperPrefix())
        .isEqualTo("neon-wal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "page*", "/pageserver", "pageserver/", "a//b", "${aws:x}"})
  void prefixesThatReachFurtherThanTheySayAreRefused(String prefix) {
    assertThatThrownBy(() -> spec(prefix, "safekeeper", Duration.ofDays(1)))
        .hasMessageContaining("pageserverPrefix is '" + prefix + "'; expected lower case letters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "Neon",
        "neon_data",
        "-neon",
        "neon-",
        "neon.data",
        "10.0.0.1",
        "xn--neon",
        "sthree-neon",
        "amzn-s3-demo-neon",
        "neon-s3alias",
        "neon--ol-s3",
        "neon--x-s3",
        "neon--table-s3",
        "a23456789-123456789-123456789-123456789-123456789-123456789-1234"
      })
  void namesThatS3RefusesAreRefused(String name) {
    assertThat(BucketName.isName(name)).isFalse();
    assertThatThrownBy(() -> new BucketName(name))
        .hasMessage(
            "'%s' is no name for a bucket; expected %s".formatted(name, BucketName.EXPECTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "1-2", "a23456789-123456789-123456789-123456789-123456789-123456789-123"})
  void namesThatS3TakesAreTaken(String name) {
    assertThat(new BucketName(name)).hasToString(name);
  }

  private ObjectStore declare(boolean protectedData) {
    var stores = new ArrayList<ObjectStore>();
    account.run(
        context -> {
          var spec =
              new BucketSpec(
                  new BucketName("neon-data-dev"),
                  "eu-central-1",
                  "pageserver",
                  "safekeeper",
                  Duration.ofDays(8),
                  9,
                  protectedData);
          stores.add(new DataBucket("data", spec, null).store(Access.keyless()));
        });
    return stores.get(0);
  }

  private static BucketSpec spec(String pageserver, String safekeeper, Duration history) {
    return new BucketSpec(
        new BucketName("neon-data-dev"),
        "eu-central-1",
        pageserver,
        safekeeper,
        history,
        BucketSpec.DEFAULT_NONCURRENT_DAYS,
        true);
  }

  private static Map<String, Object> rule(String id, String action, Object value) {
    return Map.of("id", id, "status", "Enabled", "filter", Map.of(), action, value);
  }

  private static Map<String, Object> rule(
      String id, String action, Object value, String other, Object otherValue) {
    return Map.of(
        "id", id, "status", "Enabled", "filter", Map.of(), action, value, other, otherValue);
  }
}
