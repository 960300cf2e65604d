package dev.neonstack.components.aws.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.aws.RecordedAccount;
import dev.neonstack.components.aws.iam.ClusterIdentity;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.storage.ObjectStore.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BucketAccessTest {
  private static final String BUCKET = "arn:aws:s3:::neon-data-dev";
  private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/data-key";
  private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";

  private final RecordedAccount account = new RecordedAccount();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void eachServerIsAllowedNoMoreThanItsPrefix() {
    declare(WorkloadIdentity.IRSA, "dev");

    assertThat(policy("access-pageserver")).isEqualTo(policyOf("pageserver"));
    assertThat(policy("access-safekeeper")).isEqualTo(policyOf("safekeeper"));
  }

  @Test
  void policiesAreNamedAfterServerAndStack() {
    declare(WorkloadIdentity.IRSA, "dev");

    assertThat(account.the("Policy", "access-pageserver").at("name"))
        .isEqualTo("NeonPageserverS3Access-dev");
    assertThat(account.the("Policy", "access-safekeeper").at("name"))
        .isEqualTo("NeonSafekeeperS3Access-dev");
  }

  @Test
  void eachRoleHasItsPolicyAndTheBoundary() {
    declare(WorkloadIdentity.IRSA, "dev");

    for (var server : List.of("Pageserver", "Safekeeper")) {
      var name = "access-" + server.toLowerCase(Locale.ROOT);
      assertThat(account.the("Role", name).at("permissionsBoundary")).isEqualTo(BOUNDARY);
      assertThat(account.the("RolePolicyAttachment", name + "-s3").inputs())
          .isEqualTo(
              Map.of(
                  "role",
                  name,
                  "policyArn",
                  "arn:aws:iam::123456789012:policy/Neon%sS3Access-dev".formatted(server)));
    }
  }

  @Test
  void serversAreKnownByTheirRoles() {
    var access = declare(WorkloadIdentity.IRSA, "dev");

    assertThat(access.credentials()).isEmpty();
    assertThat(access.identities().keySet()).containsOnly(Role.PAGESERVER, Role.SAFEKEEPER);
    assertThat(PulumiTest.extractValue(access.identities().get(Role.SAFEKEEPER)))
        .isEqualTo(
            Map.of(
                "eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/access-safekeeper"));
    assertThat(account.the("Role", "access-safekeeper").at("description"))
        .isEqualTo("Service account system:serviceaccount:neon:safekeeper-sa");
  }

  @Test
  void withPodIdentityTheServiceAccountsNeedNoAnnotations() {
    var access = declare(WorkloadIdentity.POD_IDENTITY, "dev");

    assertThat(access.credentials()).isEmpty();
    assertThat(access.identities()).isEmpty();
    assertThat(account.the("PodIdentityAssociation", "access-pageserver").at("serviceAccount"))
        .isEqualTo("pageserver-sa");
    assertThat(account.the("PodIdentityAssociation", "access-safekeeper").at("serviceAccount"))
        .isEqualTo("safekeeper-sa");
  }

  @Test
  void policiesAndRolesBelongToTheAccess() {
    declare(WorkloadIdentity.IRSA, "dev");

    assertThat(account.parents())
        .containsEntry("Policy access-pageserver", "BucketAccess access")
        .containsEntry("Role access-pageserver", "WorkloadRole access-pageserver");
    assertThat(account.parent("WorkloadRole access-pageserver")).isEqualTo("BucketAccess access");
  }

  @Test
  void aSuffixThatIsNoPartOfANameIsRefused() {
    assertThatThrownBy(() -> declare(WorkloadIdentity.IRSA, "dev/*"))
        .hasStackTraceContaining("policySuffix is 'dev/*'; expected 1 to 64 letters");
  }

  private String policy(String name) {
    return account.the("Policy", name).json("policy").toString();
  }

  private static String policyOf(String prefix) {
    return ("{'Version':'2012-10-17','Statement':["
            + "{'Sid':'ListOwnPrefix','Effect':'Allow',"
            + "'Action':['s3:ListBucket','s3:ListBucketVersions'],'Resource':['BUCKET'],"
            + "'Condition':{'StringLike':{'s3:prefix':['PREFIX/*']}}},"
            + "{'Sid':'UseOwnObjects','Effect':'Allow','Action':['s3:AbortMultipartUpload',"
            + "'s3:DeleteObject','s3:GetObject','s3:GetObjectVersion',"
            + "'s3:ListMultipartUploadParts','s3:PutObject'],'Resource':['BUCKET/PREFIX/*']},"
            + "{'Sid':'UseKeyOfBucket','Effect':'Allow',"
            + "'Action':['kms:Decrypt','kms:GenerateDataKey'],'Resource':['KEY'],'Condition':"
            + "{'StringEquals':{'kms:ViaService':['s3.eu-central-1.amazonaws.com']}}}]}")
        .replace('\'', '"')
        .replace("BUCKET", BUCKET)
        .replace("PREFIX", prefix)
        .replace("KEY", KEY);
  }

  private Access declare(WorkloadIdentity identity, String suffix) {
    var accesses = new ArrayList<Access>();
    account.run(
        context -> {
          var spec =
              new BucketSpec(
                  new BucketName("neon-data-dev"),
                  "eu-central-1",
                  BucketSpec.DEFAULT_PAGESERVER_PREFIX,
                  BucketSpec.DEFAULT_SAFEKEEPER_PREFIX,
                  Duration.ofDays(7),
                  BucketSpec.DEFAULT_NONCURRENT_DAYS,
                  true);
          var access =
              new BucketAccess(
                  "access",
                  new BucketAccess.Spec(
                      new DataBucket("data", spec, null),
                      identity,
                      new ClusterIdentity(
                          Output.of("one"),
                          Output.of("arn:aws:iam::123456789012:oidc-provider/issuer"),
                          Output.of("issuer")),
                      "neon",
                      suffix,
                      Optional.of(Output.of(BOUNDARY))),
                  null);
          accesses.add(access.access());
        });
    return accesses.get(0);
  }
}
