package dev.neonstack.components.aws.bucket;

import static java.util.Objects.requireNonNull;

import com.pulumi.aws.iam.Policy;
import com.pulumi.aws.iam.PolicyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.aws.iam.ClusterIdentity;
import dev.neonstack.components.aws.iam.Permissions;
import dev.neonstack.components.aws.iam.ServiceAccountRef;
import dev.neonstack.components.aws.iam.WorkloadIdentity;
import dev.neonstack.components.aws.iam.WorkloadRole;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.storage.ObjectStore.Access;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The roles by which pageservers and safekeepers use a bucket, each only below its own prefix. */
public final class BucketAccess extends ComponentResource {
  private static final String PAGESERVER_POLICY = "NeonPageserverS3Access";
  private static final String SAFEKEEPER_POLICY = "NeonSafekeeperS3Access";

  private final String name;
  private final Spec spec;
  private final WorkloadRole pageserver;
  private final WorkloadRole safekeeper;

  /**
   * Roles to have.
   *
   * @param namespace of Neon's service accounts
   * @param policySuffix what tells the policies from those of other stacks in the account
   * @param permissionsBoundary ARN of the policy that bounds whatever else is allowed
   */
  public record Spec(
      DataBucket bucket,
      WorkloadIdentity identity,
      ClusterIdentity cluster,
      String namespace,
      String policySuffix,
      Optional<Output<String>> permissionsBoundary) {
    private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public Spec {
      requireNonNull(bucket, "bucket is null");
      if (!SUFFIX.matcher(policySuffix).matches()) {
        throw new IllegalArgumentException(
            "policySuffix is '%s'; expected 1 to 64 letters, digits and dashes"
                .formatted(policySuffix));
      }
    }
  }

  /** Declares the roles and their policies. */
  public BucketAccess(String name, Spec spec, ComponentResourceOptions options) {
    super("neonstack:aws:BucketAccess", name, options);
    this.name = name;
    this.spec = spec;
    var bucket = spec.bucket().spec();
    this.pageserver = role(Role.PAGESERVER, PAGESERVER_POLICY, bucket.pageserverPrefix());
    this.safekeeper = role(Role.SAFEKEEPER, SAFEKEEPER_POLICY, bucket.safekeeperPrefix());
    registerOutputs(
        Map.of("pageserverRoleArn", pageserver.arn(), "safekeeperRoleArn", safekeeper.arn()));
  }

  /** How servers are let in: by annotations of their service accounts, or by what EKS knows. */
  public Access access() {
    var identities = new EnumMap<Role, Output<Map<String, String>>>(Role.class);
    pageserver.annotations().ifPresent(known -> identities.put(Role.PAGESERVER, known));
    safekeeper.annotations().ifPresent(known -> identities.put(Role.SAFEKEEPER, known));
    return Access.keyless(identities);
  }

  public WorkloadRole pageserver() {
    return pageserver;
  }

  public WorkloadRole safekeeper() {
    return safekeeper;
  }

  private WorkloadRole role(Role server, String policyName, String prefix) {
    var own = name + "-" + server.word();
    var policy = policy(own, policyName, prefix);
    return new WorkloadRole(
        own,
        new WorkloadRole.Spec(
            new ServiceAccountRef(spec.namespace(), server.account()),
            spec.identity(),
            spec.cluster(),
            Permissions.managed("s3", policy.arn()),
            spec.permissionsBoundary()),
        ComponentResourceOptions.builder().parent(this).build());
  }

  private Policy policy(String own, String policyName, String prefix) {
    var bucket = spec.bucket();
    var document = Policies.ofPrefix(bucket.arn(), bucket.keyArn(), bucket.spec().region(), prefix);
    return new Policy(
        own,
        PolicyArgs.builder()
            .name(policyName + "-" + spec.policySuffix())
            .policy(document.json())
            .build(),
        CustomResourceOptions.builder().parent(this).build());
  }
}
