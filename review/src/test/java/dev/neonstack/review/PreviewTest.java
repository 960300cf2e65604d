package dev.neonstack.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PreviewTest {
  private static final String PREVIEW =
      """
      {"steps": [
        {"op": "update",
         "oldState": {"urn": "urn:pulumi:dev::neonstack::neonstack:aws:Bucket$aws:s3/bucketV2:BucketV2::data",
           "custom": true, "type": "aws:s3/bucketV2:BucketV2", "inputs": {"bucket": "old"}},
         "newState": {"urn": "urn:pulumi:dev::neonstack::neonstack:aws:Bucket$aws:s3/bucketV2:BucketV2::data",
           "custom": true, "type": "aws:s3/bucketV2:BucketV2", "protect": true, "retainOnDelete": true,
           "parent": "urn:pulumi:dev::neonstack::neonstack:aws:Bucket::data",
           "propertyDependencies": {"key": ["urn:pulumi:dev::neonstack::neonstack:aws:Keys$aws:kms/key:Key::main"]},
           "inputs": {"bucket": "new", "key": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "secret": {
             "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "hunter2"}}}},
        {"op": "create", "newState": {"urn": "urn:pulumi:dev::neonstack::neonstack:aws:Bucket::data",
           "type": "neonstack:aws:Bucket"}},
        {"op": "create", "newState": {"urn": "urn:pulumi:dev::neonstack::eks:index:Cluster::alone",
           "type": "eks:index:Cluster", "inputs": {"version": "1.36"}}},
        {"op": "delete", "oldState": {"urn": "urn:pulumi:dev::neonstack::aws:kms/key:Key::gone",
           "custom": true, "type": "aws:kms/key:Key", "inputs": {}}}]}
      """;

  private final Preview preview = Preview.read(Sample.yaml(PREVIEW));

  @Test
  void beforeAndAfterAreToldApart() {
    assertThat(preview.before()).extracting(Declared::name).containsExactly("gone", "data");
    assertThat(preview.after()).extracting(Declared::name).containsExactly("alone", "data");
    assertThat(preview.before().get(1).input("bucket").asText()).isEqualTo("old");
  }

  @Test
  void optionsAndReferencesAreKeptAndSecretsAreNot() {
    var bucket = preview.after().get(1);

    assertThat(bucket.keeping()).isEqualTo(new Declared.Keeping(true, true));
    assertThat(bucket.references().get("key")).containsExactly("aws:kms/key:Key::main");
    assertThat(Values.isSecret(bucket.input("secret.deeper"))).isTrue();
    assertThat(bucket.inputs().toString()).doesNotContain("hunter2");
    assertThat(bucket).hasToString("aws:s3/bucketV2:BucketV2 'data'");
  }

  @Test
  void whatIsNoPreviewIsRefused() {
    assertThatThrownBy(() -> Preview.read(Sample.yaml("{}")))
        .hasMessageContaining("pulumi preview --json");
  }
}
