package dev.neonstack.components.aws.bucket;

import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleExpirationArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleFilterArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleTransitionArgs;
import java.util.List;

/**
 * What S3 does with objects as they age. Current ones stay readable at once, as a branch may need
 * any of them: they move to no archive and never expire.
 */
final class Lifecycle {
  /** Younger objects are read or merged so often that watching them costs more than it saves. */
  private static final int TIERING_DAYS = 30;

  private static final int UPLOAD_DAYS = 7;

  private Lifecycle() {}

  static List<BucketLifecycleConfigurationV2RuleArgs> rules(int noncurrentDays) {
    return List.of(
        rule("tier-by-use")
            .transitions(
                BucketLifecycleConfigurationV2RuleTransitionArgs.builder()
                    .days(TIERING_DAYS)
                    .storageClass("INTELLIGENT_TIERING")
                    .build())
            .build(),
        rule("expire-noncurrent")
            .noncurrentVersionExpiration(
                BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs.builder()
                    .noncurrentDays(noncurrentDays)
                    .build())
            .expiration(
                BucketLifecycleConfigurationV2RuleExpirationArgs.builder()
                    .expiredObjectDeleteMarker(true)
                    .build())
            .build(),
        rule("abort-uploads")
            .abortIncompleteMultipartUpload(
                BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs.builder()
                    .daysAfterInitiation(UPLOAD_DAYS)
                    .build())
            .build());
  }

  private static BucketLifecycleConfigurationV2RuleArgs.Builder rule(String id) {
    return BucketLifecycleConfigurationV2RuleArgs.builder()
        .id(id)
        .status("Enabled")
        .filter(BucketLifecycleConfigurationV2RuleFilterArgs.builder().build());
  }
}
