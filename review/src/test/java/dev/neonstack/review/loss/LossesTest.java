package dev.neonstack.review.loss;

import static dev.neonstack.review.Steps.branch;
import static dev.neonstack.review.Steps.preview;
import static dev.neonstack.review.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LossesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final String MAIN = "name: main, project: p, branchId: m";

  @Test
  void whatIsKeptAndWhatIsMadeIsNoLoss() {
    assertThat(losses(branch("same", "main", MAIN, MAIN), branch("create", "new", "", MAIN)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Branch, delete, 'the branch goes, with its rows'
          Branch, replace, 'the branch goes, with its rows, and is made anew with what its parent has'
          Database, delete, 'the database goes, with its rows'
          Database, create-replacement, 'the database goes, with its rows, and is made anew empty'
          Project, delete, 'the project goes, with all its branches and their rows'
          Role, delete, 'the role goes; who connects with it is locked out'
          Endpoint, delete-replaced, 'connections end, and the address may be another one'
          Endpoint, delete, 'connections end, and nobody can connect any more'
          SigningKey, replace, 'it stops being accepted, so that who relies on it is locked out'
          """)
  void whatGoesIsTold(String type, String operation, String words) {
    assertThat(losses(step(operation, "neonstack:index:" + type, "demo/x", "", MAIN, MAIN)))
        .containsExactly("demo/x: " + words);
  }

  @Test
  void whatGoesWithItsBranchOrProjectIsToldOnce() {
    var inside = "name: app, project: p, branch: m";
    var gone = branch("delete", "main", MAIN, "");
    var role = step("delete", "neonstack:index:Role", "demo/main/app", "", inside, "");
    var project = step("delete", "neonstack:index:Project", "demo", "", "tenantId: p", "");

    assertThat(losses(role, gone)).containsExactly("demo/main: the branch goes, with its rows");
    assertThat(losses(role, gone, project)).singleElement().asString().startsWith("demo: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ttl: 59m", "ttl: 1h", "expiresAt: '2026-11-28T13:59:00+01:00'", "ttl: 1s"})
  void aBranchThatIsMadeToEndWithinTheHourIsALoss(String property) {
    var name = property.substring(0, property.indexOf(':'));
    var change =
        step("update", "neonstack:index:Branch", "demo/x", name, MAIN, MAIN + ", " + property);

    assertThat(losses(change)).singleElement().asString().contains("the branch is removed at 2026");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ttl: 61m", "expiresAt: '2026-12-01T00:00:00Z'"})
  void aBranchThatEndsLaterIsNone(String property) {
    var change = step("update", "neonstack:index:Branch", "demo/x", "ttl", MAIN, property);

    assertThat(losses(change)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7d, 6d, true", "7d, 168h, false", "1d, 25h, false", "1h, 59m, true"})
  void historyThatIsKeptForLessIsALoss(String before, String after, boolean isLoss) {
    var change =
        step(
            "update",
            "neonstack:index:Project",
            "demo",
            "historyRetention",
            "historyRetention: " + before,
            "historyRetention: " + after);

    assertThat(losses(change)).hasSize(isLoss ? 1 : 0);
  }

  @Test
  void aPasswordThatChangesLocksSomebodyOut() {
    var change = step("update", "neonstack:index:Role", "demo/main/app", "password", "", "");

    assertThat(losses(change)).singleElement().asString().contains("locked out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes:core/v1:PersistentVolumeClaim",
        "kubernetes:core/v1:PersistentVolume",
        "kubernetes:core/v1:Namespace",
        "kubernetes:core/v1:Secret",
        "kubernetes:apps/v1:StatefulSet",
        "kubernetes:postgresql.cnpg.io/v1:Cluster",
        "kubernetes:ceph.rook.io/v1:CephObjectStoreUser",
        "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
        "kubernetes:helm.sh/v3:Release",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:rds/cluster:Cluster",
        "aws:ebs/volume:Volume",
        "aws:kms/key:Key",
        "aws:ecr/repository:Repository",
        "aws:eks/cluster:Cluster",
        "eks:index:Cluster",
        "eks:index:ManagedNodeGroup",
        "aws:eks/accessEntry:AccessEntry",
        "random:index/randomPassword:RandomPassword"
      })
  void ofTheCloudsWhatHoldsSomethingIsALoss(String type) {
    assertThat(losses(step("delete", type, "x", "", "a: b", ""))).hasSize(1);
    assertThat(losses(step("replace", type, "x", "", "a: b", "a: c"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes:apps/v1:Deployment",
        "kubernetes:core/v1:ConfigMap",
        "kubernetes:policy/v1:PodDisruptionBudget",
        "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:iam/rolePolicy:RolePolicy",
        "docker:index/image:Image",
        "pulumi:providers:aws"
      })
  void whatIsMadeAgainAsItWasIsNone(String type) {
    assertThat(losses(step("delete", type, "x", "", "a: b", ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws:s3/bucket:Bucket",
        "neonstack:index:Database",
        "neonstack:index:Role",
        "neonstack:index:Branch"
      })
  void whatStaysWhereItIsWhenItLeavesTheStackIsNone(String type) {
    var step =
        step("delete", type, "x", "", MAIN, "")
            .replace("custom: true", "custom: true, retainOnDelete: true");

    assertThat(losses(step)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kubernetes:apps/v1:StatefulSet | spec: {replicas: 3} | spec: {replicas: 1, persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}} | 2 of its 3 pods end; their volumes go with them
          aws:s3/bucketLifecycleConfiguration:X | rules: [{expiration: {days: 30}}] | rules: [{expiration: {days: 7}}] | objects older than 7 days are deleted
          aws:cloudwatch/logGroup:LogGroup | a: b | retentionInDays: 3 | what is older than 3 days is deleted
          """)
  void whatIsMadeToHoldLessIsALoss(String type, String before, String after, String words) {
    assertThat(losses(step("update", type, "x", "", before, after)))
        .containsExactly(type + " x: " + words);
    assertThat(losses(step("update", type, "x", "", after, after))).isEmpty();
  }

  @Test
  void aBranchThatMayHaveBeenRenamedIsToldWithTheWayToSaySo() {
    var old = "name: dev, project: p, parent: m, branchId: a";
    var made = "name: dev-2, project: p, parent: m, branchId: b";
    var elsewhere = "name: dev-3, project: p, branchId: c";

    assertThat(
            Renames.of(
                preview(
                    "",
                    branch("delete", "dev", old, ""),
                    branch("create", "dev-2", "", made),
                    branch("create", "dev-3", "", elsewhere))))
        .singleElement()
        .asString()
        .contains("demo/dev goes, and demo/dev-2", "'renamedFrom: dev' below 'name: dev-2'");
  }

  private static List<String> losses(String... steps) {
    return Losses.of(preview("", steps), NOW).stream().map(Loss::toString).toList();
  }
}
