package dev.neonstack.components.aws.bucket;

import com.pulumi.core.Output;
import dev.neonstack.components.aws.iam.Condition;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Principal;
import dev.neonstack.components.aws.iam.Resources;
import dev.neonstack.components.aws.iam.Statement;
import java.util.List;

/** Who may do what with the bucket. */
final class Policies {
  private static final List<String> PUT = List.of("s3:PutObject");

  private Policies() {}

  /**
   * What nobody may do. A request that says nothing about encryption gets the bucket's own, so only
   * those that ask for another are turned away.
   */
  static PolicyDocument ofBucket(Output<String> bucketArn, Output<String> keyArn) {
    var objects = Resources.of(below(bucketArn, ""));
    var all = Resources.of(List.of(bucketArn, below(bucketArn, "")));
    return PolicyDocument.of(
        nobody(
            "DenyHttp", List.of("s3:*"), all, Condition.of("Bool", "aws:SecureTransport", "false")),
        nobody(
            "DenyOldTls",
            List.of("s3:*"),
            all,
            Condition.of("NumericLessThan", "s3:TlsVersion", "1.2")),
        nobody(
            "DenyOtherKeys",
            PUT,
            objects,
            Condition.of("Null", "s3:x-amz-server-side-encryption", "false"),
            Condition.of(
                "StringNotEquals", "s3:x-amz-server-side-encryption-aws-kms-key-id", keyArn)),
        nobody(
            "DenyKeysOfClients",
            PUT,
            objects,
            Condition.of("Null", "s3:x-amz-server-side-encryption-customer-algorithm", "false")));
  }

  /**
   * What servers need for the keys under their prefix. Old versions can be read, which a return to
   * an earlier time needs, and not deleted: whoever takes over a server cannot end the history.
   */
  static PolicyDocument ofPrefix(
      Output<String> bucketArn, Output<String> keyArn, String region, String prefix) {
    return PolicyDocument.of(
        Statement.allow(
            "ListOwnPrefix",
            List.of("s3:ListBucket", "s3:ListBucketVersions"),
            Resources.of(bucketArn),
            Condition.of("StringLike", "s3:prefix", prefix + "/*")),
        Statement.allow(
            "UseOwnObjects",
            List.of(
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts"),
            Resources.of(below(bucketArn, prefix + "/"))),
        Statement.allow(
            "UseKeyOfBucket",
            List.of("kms:Decrypt", "kms:GenerateDataKey"),
            Resources.of(keyArn),
            Condition.of(
                "StringEquals", "kms:ViaService", "s3.%s.amazonaws.com".formatted(region))));
  }

  private static Output<String> below(Output<String> bucketArn, String folder) {
    return bucketArn.applyValue(arn -> "%s/%s*".formatted(arn, folder));
  }

  private static Statement nobody(
      String sid, List<String> actions, Resources resources, Condition... conditions) {
    return Statement.deny(sid, actions, resources, conditions).by(Principal.anyone());
  }
}
