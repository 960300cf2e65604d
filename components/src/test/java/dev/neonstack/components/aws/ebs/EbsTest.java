package dev.neonstack.components.aws.ebs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.aws.RecordedAccount;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EbsTest {
  private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/volumes";

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void storageClassesAreAsInTheGoldenFile() {
    var cluster = new RecordedCluster();
    var scratch = new EbsClass("scratch", VolumeType.GP3, 3_000, Optional.empty(), false);
    cluster.run(
        context ->
            new EbsStorageClasses(
                "classes",
                List.of(EbsClass.gp3Encrypted(), EbsClass.io2(), scratch),
                Optional.of(Output.of(KEY)),
                null));

    Golden.assertSame("ebs-storage-classes", cluster);
  }

  @Test
  void withoutAKeyVolumesAreEncryptedWithTheOneOfTheAccount() {
    var cluster = new RecordedCluster();
    cluster.run(
        context ->
            new EbsStorageClasses("classes", List.of(EbsClass.io2()), Optional.empty(), null));

    var io2 = cluster.the("StorageClass", "io2");
    assertThat(io2.at("parameters", "encrypted")).isEqualTo("true");
    assertThat(io2.at("parameters", "kmsKeyId")).isNull();
  }

  @Test
  void classesBelongToTheComponent() {
    var account = new RecordedAccount();
    account.run(
        context ->
            new EbsStorageClasses("classes", List.of(EbsClass.io2()), Optional.empty(), null));

    assertThat(account.parents())
        .containsEntry("StorageClass classes-io2", "EbsStorageClasses classes");
  }

  @Test
  void aGp3VolumeNeedsTheSizeForItsIops() {
    var gp3 = EbsClass.gp3Encrypted();

    assertThat(gp3.problem(31))
        .contains(
            "a volume of 31 GiB cannot be of class gp3-encrypted, which has 16,000 IOPS; expected 32"
                + " to 16,384 GiB, as gp3 gives 500 IOPS per GiB");
    assertThat(gp3.problem(32)).isEmpty();
    assertThat(gp3.problem(16_384)).isEmpty();
    assertThat(gp3.problem(16_385)).isPresent();
  }

  @Test
  void theBaselineOfGp3NeedsNoSize() {
    var small = new EbsClass("small", VolumeType.GP3, 3_000, Optional.empty(), true);
    var more = new EbsClass("more", VolumeType.GP3, 3_001, Optional.empty(), true);

    assertThat(small.problem(1)).isEmpty();
    assertThat(small.problem(0)).isPresent();
    assertThat(more.problem(6)).isPresent();
    assertThat(more.problem(7)).isEmpty();
  }

  @Test
  void anIo2VolumeNeedsTheSizeForItsIops() {
    var most = new EbsClass("most", VolumeType.IO2, 64_000, Optional.empty(), true);
    var least = new EbsClass("least", VolumeType.IO2, 100, Optional.empty(), true);

    assertThat(most.problem(127)).isPresent();
    assertThat(most.problem(128)).isEmpty();
    assertThat(least.problem(3)).isPresent();
    assertThat(least.problem(4)).isEmpty();
  }

  @Test
  void iopsThatTheTypeDoesNotGiveAreRefused() {
    assertThatThrownBy(() -> of(VolumeType.GP3, 16_001))
        .hasMessage("iops of some is 16,001; expected 3,000 to 16,000 for gp3");
    assertThatThrownBy(() -> of(VolumeType.GP3, 2_999)).hasMessageContaining("is 2,999");
    assertThatThrownBy(() -> of(VolumeType.IO2, 64_001))
        .hasMessage("iops of some is 64,001; expected 100 to 64,000 for io2");
    assertThatThrownBy(() -> of(VolumeType.IO2, 99)).hasMessageContaining("is 99");
  }

  @Test
  void throughputThatTheIopsDoNotCarryIsRefused() {
    assertThatThrownBy(() -> of(VolumeType.GP3, 3_000, 751))
        .hasMessage(
            "throughputMiB of some is 751; expected 125 to 750, as gp3 gives 1 MiB per second for"
                + " every 4 of 3,000 IOPS");
    assertThat(of(VolumeType.GP3, 3_000, 750).throughputMiB()).contains(750);
    assertThat(of(VolumeType.GP3, 16_000, 1_000).throughputMiB()).contains(1_000);
    assertThatThrownBy(() -> of(VolumeType.GP3, 16_000, 1_001)).hasMessageContaining("to 1,000");
    assertThatThrownBy(() -> of(VolumeType.GP3, 16_000, 124)).hasMessageContaining("is 124");
    assertThatThrownBy(() -> of(VolumeType.IO2, 16_000, 500))
        .hasMessageContaining("throughputMiB of some is 500; expected none");
  }

  @Test
  void aNameThatKubernetesRefusesIsRefused() {
    assertThatThrownBy(() -> new EbsClass("Fast", VolumeType.IO2, 100, Optional.empty(), true))
        .hasMessageContaining("'Fast' is no name for a StorageClass");
  }

  @Test
  void theDriverMayUseTheKeyOfVolumesAndNoOther() {
    var permissions = EbsCsiDriver.permissions(Optional.of(Output.of(KEY)));

    assertThat(PulumiTest.extractValue(permissions.managed().get("driver")))
        .isEqualTo("arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2");
    assertThat(PulumiTest.extractValue(permissions.inline().get("volume-key").json()))
        .isEqualTo(
            ("{'Version':'2012-10-17','Statement':[{'Sid':'GrantKeyToEbs','Effect':'Allow',"
                    + "'Action':['kms:CreateGrant','kms:ListGrants','kms:RevokeGrant'],"
                    + "'Resource':['KEY'],"
                    + "'Condition':{'Bool':{'kms:GrantIsForAWSResource':['true']}}},"
                    + "{'Sid':'UseKey','Effect':'Allow','Action':['kms:Decrypt','kms:DescribeKey',"
                    + "'kms:Encrypt','kms:GenerateDataKey','kms:GenerateDataKeyWithoutPlaintext',"
                    + "'kms:ReEncryptFrom','kms:ReEncryptTo'],'Resource':['KEY']}]}")
                .replace('\'', '"')
                .replace("KEY", KEY));
  }

  @Test
  void theKeyAwsKeepsNeedsNoPolicy() {
    assertThat(EbsCsiDriver.permissions(Optional.empty()).inline()).isEmpty();
  }

  private static EbsClass of(VolumeType type, int iops) {
    return new EbsClass("some", type, iops, Optional.empty(), true);
  }

  private static EbsClass of(VolumeType type, int iops, int throughputMiB) {
    return new EbsClass("some", type, iops, Optional.of(throughputMiB), true);
  }
}
