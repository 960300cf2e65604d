package dev.neonstack.it.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.Context;
import com.pulumi.core.Output;
import dev.neonstack.components.aws.bucket.BucketAccess;
import dev.neonstack.components.aws.bucket.BucketName;
import dev.neonstack.components.aws.bucket.BucketSpec;
import dev.neonstack.components.aws.bucket.DataBucket;
import dev.neonstack.components.aws.ebs.EbsCsiDriver;
import dev.neonstack.components.aws.iam.ClusterIdentity;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import dev.neonstack.components.aws.iam.WorkloadRole;
import dev.neonstack.it.aws.IamEvaluator.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What IAM decides by the policies of the components: everything not named here is denied. */
final class PoliciesTest {
  private static final String BUCKET = "arn:aws:s3:::neon-data-dev";
  private static final String OWN = BUCKET + "/pageserver/tenants/1/layer";
  private static final String BUCKET_KEY = "arn:aws:kms:eu-central-1:123456789012:key/data-key";
  private static final String OTHER_KEY = "arn:aws:kms:eu-central-1:123456789012:key/other";
  private static final String VOLUME_KEY = "arn:aws:kms:eu-central-1:123456789012:key/volumes";
  private static final String ENCRYPTION = "s3:x-amz-server-side-encryption";

  private static final String ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/0123";

  private static final String ISSUER_ARN = "arn:aws:iam::123456789012:oidc-provider/" + ISSUER;
  private static final String AGENT = "pods.eks.amazonaws.com";

  private static final Map<String, String> TLS =
      Map.of("aws:SecureTransport", "true", "s3:TlsVersion", "1.3");
  private static final Map<String, String> BY_S3 =
      Map.of("kms:ViaService", "s3.eu-central-1.amazonaws.com");

  /** Who allows everything, as an administrator of the account or of another may. */
  private static final JsonNode EVERYTHING =
      json("{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'*','Resource':'*'}]}");

  /** What KMS gives a key that is made without a policy. */
  private static final JsonNode KEY_POLICY =
      json(
          "{'Version':'2012-10-17','Statement':[{'Effect':'Allow',"
              + "'Principal':{'AWS':'arn:aws:iam::123456789012:root'},"
              + "'Action':'kms:*','Resource':'*'}]}");

  private static MadePolicies made;

  @BeforeAll
  static void make() {
    made = MadePolicies.of(PoliciesTest::program);
  }

  @Test
  void pageserversDoWhatTheyMustBelowTheirPrefix() {
    assertDecided(
        Decision.ALLOWED,
        pageserver("s3:ListBucket", BUCKET, Map.of("s3:prefix", "pageserver/")),
        pageserver("s3:ListBucketVersions", BUCKET, Map.of("s3:prefix", "pageserver/tenants/1/")),
        pageserver("s3:GetObject", OWN),
        pageserver("s3:GetObjectVersion", OWN),
        pageserver("s3:PutObject", OWN),
        pageserver("s3:DeleteObject", OWN),
        pageserver("s3:AbortMultipartUpload", OWN),
        pageserver("s3:ListMultipartUploadParts", OWN));
  }

  @Test
  void pageserversReachNothingElse() {
    assertDecided(
        Decision.IMPLICITLY_DENIED,
        pageserver("s3:ListBucket", BUCKET),
        pageserver("s3:ListBucket", BUCKET, Map.of("s3:prefix", "")),
        pageserver("s3:ListBucket", BUCKET, Map.of("s3:prefix", "pageserver")),
        pageserver("s3:ListBucket", BUCKET, Map.of("s3:prefix", "pageserver-old/")),
        pageserver("s3:ListBucket", BUCKET, Map.of("s3:prefix", "safekeeper/")),
        pageserver("s3:GetObject", BUCKET + "/safekeeper/wal"),
        pageserver("s3:GetObject", BUCKET + "/pageserver-old/layer"),
        pageserver("s3:DeleteObject", BUCKET + "/safekeeper/wal"),
        pageserver("s3:GetObject", "arn:aws:s3:::neon-data-prod/pageserver/layer"),
        pageserver("s3:PutObject", "arn:aws:s3:::neon-data-dev2/pageserver/layer"),
        pageserver("s3:ListBucketMultipartUploads", BUCKET));
  }

  @Test
  void serversChangeNeitherHistoryNorRulesOfTheBucket() {
    assertDecided(
        Decision.IMPLICITLY_DENIED,
        pageserver("s3:DeleteObjectVersion", OWN),
        pageserver("s3:PutObjectAcl", OWN),
        pageserver("s3:DeleteBucket", BUCKET),
        pageserver("s3:PutBucketPolicy", BUCKET),
        pageserver("s3:DeleteBucketPolicy", BUCKET),
        pageserver("s3:PutBucketVersioning", BUCKET),
        pageserver("s3:PutLifecycleConfiguration", BUCKET),
        pageserver("s3:PutEncryptionConfiguration", BUCKET),
        pageserver("s3:PutBucketPublicAccessBlock", BUCKET));
  }

  @Test
  void safekeepersReachTheirPrefixOnly() {
    assertDecided(
        Decision.ALLOWED,
        safekeeper("s3:ListBucket", BUCKET, Map.of("s3:prefix", "safekeeper/")),
        safekeeper("s3:PutObject", BUCKET + "/safekeeper/wal", Map.of()),
        safekeeper("s3:DeleteObject", BUCKET + "/safekeeper/wal", Map.of()));
    assertDecided(
        Decision.IMPLICITLY_DENIED,
        safekeeper("s3:ListBucket", BUCKET, Map.of("s3:prefix", "pageserver/")),
        safekeeper("s3:GetObject", OWN, Map.of()),
        safekeeper("s3:DeleteObject", OWN, Map.of()),
        safekeeper("s3:DeleteObjectVersion", BUCKET + "/safekeeper/wal", Map.of()));
  }

  @Test
  void nobodyComesWithoutTls() {
    assertDecided(
        Decision.EXPLICITLY_DENIED,
        pageserver("s3:GetObject", OWN, Map.of("aws:SecureTransport", "false")),
        pageserver("s3:GetObject", OWN, Map.of("s3:TlsVersion", "1.1")),
        pageserver("s3:ListBucket", BUCKET, Map.of("aws:SecureTransport", "false")),
        administrator("s3:GetObject", OWN, Map.of("aws:SecureTransport", "false")),
        administrator("s3:DeleteBucket", BUCKET, Map.of("s3:TlsVersion", "1.0")));
    assertDecided(
        Decision.ALLOWED,
        pageserver("s3:GetObject", OWN, Map.of("s3:TlsVersion", "1.2")),
        administrator("s3:DeleteBucket", BUCKET, Map.of()));
  }

  @Test
  void objectsAreEncryptedWithTheKeyOfTheBucketOnly() {
    var keyId = ENCRYPTION + "-aws-kms-key-id";
    assertDecided(
        Decision.ALLOWED,
        pageserver("s3:PutObject", OWN, Map.of(ENCRYPTION, "aws:kms", keyId, BUCKET_KEY)));
    assertDecided(
        Decision.EXPLICITLY_DENIED,
        pageserver("s3:PutObject", OWN, Map.of(ENCRYPTION, "AES256")),
        pageserver("s3:PutObject", OWN, Map.of(ENCRYPTION, "aws:kms")),
        pageserver("s3:PutObject", OWN, Map.of(ENCRYPTION, "aws:kms", keyId, OTHER_KEY)),
        administrator("s3:PutObject", OWN, Map.of(ENCRYPTION + "-customer-algorithm", "AES256")));
  }

  @Test
  void otherAccountsAreNotLetIn() {
    var stranger = "arn:aws:sts::999999999999:assumed-role/stranger/session";
    assertDecided(
        Decision.IMPLICITLY_DENIED,
        new Call(
            stranger, "s3:GetObject", OWN, carried(TLS), Optional.of(EVERYTHING), bucketPolicy()),
        new Call(
            stranger,
            "kms:Decrypt",
            BUCKET_KEY,
            carried(BY_S3),
            Optional.of(EVERYTHING),
            KEY_POLICY));
  }

  @Test
  void theKeyIsForTheBucketOnly() {
    assertDecided(
        Decision.ALLOWED,
        pageserverKey("kms:Decrypt", BUCKET_KEY, BY_S3),
        pageserverKey("kms:GenerateDataKey", BUCKET_KEY, BY_S3));
    assertDecided(
        Decision.IMPLICITLY_DENIED,
        pageserverKey("kms:Decrypt", BUCKET_KEY, Map.of()),
        pageserverKey(
            "kms:Decrypt", BUCKET_KEY, Map.of("kms:ViaService", "ec2.eu-central-1.amazonaws.com")),
        pageserverKey("kms:Decrypt", OTHER_KEY, BY_S3),
        pageserverKey("kms:ScheduleKeyDeletion", BUCKET_KEY, BY_S3),
        pageserverKey("kms:CreateGrant", BUCKET_KEY, BY_S3));
  }

  @Test
  void onlyTheServiceAccountsTokensOpenItsRole() {
    var policy = made.policy("Role", "irsa-pageserver", "assumeRolePolicy");
    assertDecided(Decision.ALLOWED, token(policy, ISSUER_ARN, claims("neon:pageserver-sa")));
    assertDecided(
        Decision.IMPLICITLY_DENIED,
        token(policy, ISSUER_ARN, claims("neon:safekeeper-sa")),
        token(policy, ISSUER_ARN, claims("other:pageserver-sa")),
        token(policy, ISSUER_ARN, claims("neon:pageserver-sa2")),
        token(policy, ISSUER_ARN, Map.of(ISSUER + ":aud", "sts.amazonaws.com")),
        token(
            policy,
            ISSUER_ARN,
            Map.of(
                ISSUER + ":sub", "system:serviceaccount:neon:pageserver-sa", ISSUER + ":aud", "x")),
        token(policy, ISSUER_ARN + "2", claims("neon:pageserver-sa")),
        call(AGENT, "sts:AssumeRole", role(), tags("one", "pageserver-sa"), policy));
  }

  @Test
  void theAgentOpensTheRoleForPodsOfTheServiceAccountOnly() {
    var policy = made.policy("Role", "pods-pageserver", "assumeRolePolicy");
    assertDecided(
        Decision.ALLOWED,
        call(AGENT, "sts:AssumeRole", role(), tags("one", "pageserver-sa"), policy),
        call(AGENT, "sts:TagSession", role(), tags("one", "pageserver-sa"), policy));
    assertDecided(
        Decision.IMPLICITLY_DENIED,
        call(AGENT, "sts:AssumeRole", role(), tags("two", "pageserver-sa"), policy),
        call(AGENT, "sts:AssumeRole", role(), tags("one", "safekeeper-sa"), policy),
        call(AGENT, "sts:AssumeRole", role(), Map.of(), policy),
        call("ec2.amazonaws.com", "sts:AssumeRole", role(), tags("one", "pageserver-sa"), policy),
        token(policy, ISSUER_ARN, claims("neon:pageserver-sa")));
  }

  @Test
  void theVolumeDriverLendsTheKeyOfVolumesToAwsOnly() {
    var toAws = Map.of("kms:GrantIsForAWSResource", "true");
    assertDecided(
        Decision.ALLOWED,
        driver("kms:CreateGrant", VOLUME_KEY, toAws),
        driver("kms:GenerateDataKeyWithoutPlaintext", VOLUME_KEY, Map.of()));
    assertDecided(
        Decision.IMPLICITLY_DENIED,
        driver("kms:CreateGrant", VOLUME_KEY, Map.of("kms:GrantIsForAWSResource", "false")),
        driver("kms:CreateGrant", VOLUME_KEY, Map.of()),
        driver("kms:CreateGrant", OTHER_KEY, toAws),
        driver("kms:Decrypt", BUCKET_KEY, Map.of()));
  }

  private static void program(Context context) {
    var spec =
        new BucketSpec(
            new BucketName("neon-data-dev"),
            "eu-central-1",
            BucketSpec.DEFAULT_PAGESERVER_PREFIX,
            BucketSpec.DEFAULT_SAFEKEEPER_PREFIX,
            Duration.ofDays(7),
            BucketSpec.DEFAULT_NONCURRENT_DAYS,
            true);
    var bucket = new DataBucket("data", spec, null);
    var cluster = new ClusterIdentity(Output.of("one"), Output.of(ISSUER_ARN), Output.of(ISSUER));
    access("irsa", bucket, WorkloadIdentity.IRSA, cluster);
    access("pods", bucket, WorkloadIdentity.POD_IDENTITY, cluster);
    new WorkloadRole(
        "ebs",
        new WorkloadRole.Spec(
            EbsCsiDriver.ACCOUNT,
            WorkloadIdentity.IRSA,
            cluster,
            EbsCsiDriver.permissions(Optional.of(Output.of(VOLUME_KEY))),
            Optional.empty()),
        null);
  }

  private static void access(
      String name, DataBucket bucket, WorkloadIdentity identity, ClusterIdentity cluster) {
    new BucketAccess(
        name,
        new BucketAccess.Spec(bucket, identity, cluster, "neon", name, Optional.empty()),
        null);
  }

  private static Call pageserver(String action, String resource) {
    return pageserver(action, resource, Map.of());
  }

  private static Call pageserver(String action, String resource, Map<String, String> context) {
    return s3("irsa-pageserver", action, resource, context);
  }

  private static Call safekeeper(String action, String resource, Map<String, String> context) {
    return s3("irsa-safekeeper", action, resource, context);
  }

  private static Call s3(String role, String action, String resource, Map<String, String> context) {
    var policy = Optional.of(made.policy("Policy", role, "policy"));
    return new Call(session(role), action, resource, overTls(context), policy, bucketPolicy());
  }

  private static Call administrator(String action, String resource, Map<String, String> context) {
    return new Call(
        session("administrator"),
        action,
        resource,
        overTls(context),
        Optional.of(EVERYTHING),
        bucketPolicy());
  }

  private static Call pageserverKey(String action, String key, Map<String, String> context) {
    var policy = Optional.of(made.policy("Policy", "irsa-pageserver", "policy"));
    return new Call(session("irsa-pageserver"), action, key, carried(context), policy, KEY_POLICY);
  }

  private static Call driver(String action, String key, Map<String, String> context) {
    var policy = Optional.of(made.policy("RolePolicy", "ebs-volume-key", "policy"));
    return new Call(session("ebs"), action, key, carried(context), policy, KEY_POLICY);
  }

  private static Call token(JsonNode trust, String issuer, Map<String, String> claims) {
    return call(issuer, "sts:AssumeRoleWithWebIdentity", role(), claims, trust);
  }

  private static Call call(
      String principal,
      String action,
      String resource,
      Map<String, String> context,
      JsonNode resourcePolicy) {
    return new Call(
        principal, action, resource, carried(context), Optional.empty(), resourcePolicy);
  }

  static void assertDecided(Decision decision, Call... calls) {
    for (var call : calls) {
      assertThat(IamEvaluator.decide(call)).as("%s", call).isEqualTo(decision);
    }
  }

  static Map<String, List<String>> carried(Map<String, String> context) {
    return context.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
  }

  private static Map<String, List<String>> overTls(Map<String, String> context) {
    var all = new TreeMap<>(TLS);
    all.putAll(context);
    return carried(all);
  }

  private static Map<String, String> claims(String account) {
    return Map.of(
        ISSUER + ":sub", "system:serviceaccount:" + account, ISSUER + ":aud", "sts.amazonaws.com");
  }

  private static Map<String, String> tags(String cluster, String account) {
    return Map.of(
        "aws:RequestTag/eks-cluster-name", cluster,
        "aws:RequestTag/kubernetes-namespace", "neon",
        "aws:RequestTag/kubernetes-service-account", account);
  }

  private static JsonNode bucketPolicy() {
    return made.policy("BucketPolicy", "data-policy", "policy");
  }

  static String session(String role) {
    return "arn:aws:sts::%s:assumed-role/%s/session".formatted(MadePolicies.ACCOUNT, role);
  }

  private static String role() {
    return "arn:aws:iam::%s:role/some".formatted(MadePolicies.ACCOUNT);
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
