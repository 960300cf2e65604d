package dev.neonstack.components.aws.ebs;

import com.pulumi.core.Output;
import dev.neonstack.components.aws.iam.Condition;
import dev.neonstack.components.aws.iam.Permissions;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Resources;
import dev.neonstack.components.aws.iam.ServiceAccountRef;
import dev.neonstack.components.aws.iam.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the driver that makes EBS volumes is in the cluster, and what it may do on AWS. */
public final class EbsCsiDriver {
  /** The account its add-on makes. */
  public static final ServiceAccountRef ACCOUNT =
      new ServiceAccountRef("kube-system", "ebs-csi-controller-sa");

  private static final String POLICY = "arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2";

  private EbsCsiDriver() {}

  /**
   * What its role may do.
   *
   * @param keyArn of the key for volumes; absent: the one AWS keeps for EBS, which needs nothing
   */
  public static Permissions permissions(Optional<Output<String>> keyArn) {
    var inline = keyArn.map(arn -> Map.of("volume-key", useOf(arn))).orElse(Map.of());
    return new Permissions(Map.of("driver", Output.of(POLICY)), inline);
  }

  /** EBS works with the key by grants, which the driver gives it and nobody else. */
  private static PolicyDocument useOf(Output<String> keyArn) {
    var key = Resources.of(keyArn);
    return PolicyDocument.of(
        Statement.allow(
            "GrantKeyToEbs",
            List.of("kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"),
            key,
            Condition.of("Bool", "kms:GrantIsForAWSResource", "true")),
        Statement.allow(
            "UseKey",
            List.of(
                "kms:Encrypt",
                "kms:Decrypt",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:DescribeKey"),
            key));
  }
}
