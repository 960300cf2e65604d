package dev.neonstack.components.aws.bucket;

import static java.util.Objects.requireNonNull;

import com.pulumi.aws.kms.Key;
import com.pulumi.aws.kms.KeyArgs;
import com.pulumi.aws.s3.BucketLifecycleConfigurationV2;
import com.pulumi.aws.s3.BucketLifecycleConfigurationV2Args;
import com.pulumi.aws.s3.BucketOwnershipControls;
import com.pulumi.aws.s3.BucketOwnershipControlsArgs;
import com.pulumi.aws.s3.BucketPolicy;
import com.pulumi.aws.s3.BucketPolicyArgs;
import com.pulumi.aws.s3.BucketPublicAccessBlock;
import com.pulumi.aws.s3.BucketPublicAccessBlockArgs;
import com.pulumi.aws.s3.BucketServerSideEncryptionConfigurationV2;
import com.pulumi.aws.s3.BucketServerSideEncryptionConfigurationV2Args;
import com.pulumi.aws.s3.BucketV2;
import com.pulumi.aws.s3.BucketV2Args;
import com.pulumi.aws.s3.BucketVersioningV2;
import com.pulumi.aws.s3.BucketVersioningV2Args;
import com.pulumi.aws.s3.inputs.BucketOwnershipControlsRuleArgs;
import com.pulumi.aws.s3.inputs.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs;
import com.pulumi.aws.s3.inputs.BucketServerSideEncryptionConfigurationV2RuleArgs;
import com.pulumi.aws.s3.inputs.BucketVersioningV2VersioningConfigurationArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.storage.ObjectStore;
import dev.neonstack.components.neon.storage.ObjectStore.Access;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket of Amazon S3 with a key of its own, versioned, closed to the public and to plain HTTP.
 * Current objects never expire. Whoever may use the bucket is said by the policies of roles alone.
 */
public final class DataBucket extends ComponentResource {
  /** How long a key can still be saved after its removal; the longest that KMS gives. */
  private static final int KEY_DELETION_DAYS = 30;

  private final String name;
  private final BucketSpec spec;
  private final Key key;
  private final BucketV2 bucket;
  private final Output<String> ready;

  /**
   * Declares the bucket. Where data is protected, so are its rules: a bucket that stays keeps them.
   */
  public DataBucket(String name, BucketSpec spec, ComponentResourceOptions options) {
    super("neonstack:aws:DataBucket", name, options);
    this.name = requireNonNull(name, "name is null");
    this.spec = spec;
    this.key = key();
    this.bucket = bucket();
    var versioning = versioning();
    var publicAccess = blockPublicAccess();
    // S3 refuses two changes of a bucket's access at the same time.
    var ownership = ownership(publicAccess);
    var rules =
        List.of(
            versioning,
            publicAccess,
            ownership,
            lifecycle(versioning),
            encryption(),
            policy(ownership));
    var done = Output.all(rules.stream().map(CustomResource::id).toList());
    this.ready = Output.tuple(bucket.bucket(), done).applyValue(known -> known.t1);
    registerOutputs(Map.of("bucket", ready, "keyArn", key.arn()));
  }

  /** The bucket as Neon's storage takes it, once it has all its rules. */
  public ObjectStore store(Access access) {
    return new ObjectStore(
        Optional.empty(),
        spec.region(),
        ready,
        spec.pageserverPrefix(),
        spec.safekeeperPrefix(),
        access,
        Optional.empty());
  }

  /** What the bucket is like. */
  public BucketSpec spec() {
    return spec;
  }

  public Output<String> arn() {
    return bucket.arn();
  }

  /** ARN of the key that encrypts its objects. */
  public Output<String> keyArn() {
    return key.arn();
  }

  private CustomResourceOptions child(Resource... after) {
    return CustomResourceOptions.builder()
        .parent(this)
        .dependsOn(after)
        .protect(spec.protectedData())
        .retainOnDelete(spec.protectedData())
        .build();
  }

  private Key key() {
    return new Key(
        name + "-key",
        KeyArgs.builder()
            .description("Objects of bucket " + spec.name())
            .enableKeyRotation(true)
            .deletionWindowInDays(KEY_DELETION_DAYS)
            .build(),
        child());
  }

  private BucketV2 bucket() {
    return new BucketV2(
        name,
        BucketV2Args.builder().bucket(spec.name().text()).forceDestroy(false).build(),
        // A bucket that cannot be removed, as it is not empty, has to keep the key to its objects.
        CustomResourceOptions.merge(
            child(), CustomResourceOptions.builder().dependsOn(key).build()));
  }

  private CustomResource versioning() {
    return new BucketVersioningV2(
        name + "-versioning",
        BucketVersioningV2Args.builder()
            .bucket(bucket.bucket())
            .versioningConfiguration(
                BucketVersioningV2VersioningConfigurationArgs.builder().status("Enabled").build())
            .build(),
        child());
  }

  private CustomResource blockPublicAccess() {
    return new BucketPublicAccessBlock(
        name + "-public-access",
        BucketPublicAccessBlockArgs.builder()
            .bucket(bucket.bucket())
            .blockPublicAcls(true)
            .blockPublicPolicy(true)
            .ignorePublicAcls(true)
            .restrictPublicBuckets(true)
            .build(),
        child());
  }

  private CustomResource ownership(CustomResource after) {
    return new BucketOwnershipControls(
        name + "-ownership",
        BucketOwnershipControlsArgs.builder()
            .bucket(bucket.bucket())
            .rule(
                BucketOwnershipControlsRuleArgs.builder()
                    .objectOwnership("BucketOwnerEnforced")
                    .build())
            .build(),
        child(after));
  }

  private CustomResource lifecycle(CustomResource versioning) {
    return new BucketLifecycleConfigurationV2(
        name + "-lifecycle",
        BucketLifecycleConfigurationV2Args.builder()
            .bucket(bucket.bucket())
            .rules(Lifecycle.rules(spec.noncurrentDays()))
            .build(),
        child(versioning));
  }

  private CustomResource encryption() {
    var own =
        BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs
            .builder()
            .sseAlgorithm("aws:kms")
            .kmsMasterKeyId(key.arn())
            .build();
    return new BucketServerSideEncryptionConfigurationV2(
        name + "-encryption",
        BucketServerSideEncryptionConfigurationV2Args.builder()
            .bucket(bucket.bucket())
            .rules(
                BucketServerSideEncryptionConfigurationV2RuleArgs.builder()
                    .applyServerSideEncryptionByDefault(own)
                    .bucketKeyEnabled(true)
                    .build())
            .build(),
        child());
  }

  private CustomResource policy(CustomResource after) {
    return new BucketPolicy(
        name + "-policy",
        BucketPolicyArgs.builder()
            .bucket(bucket.bucket())
            .policy(Policies.ofBucket(bucket.arn(), key.arn()).json())
            .build(),
        child(after));
  }
}
