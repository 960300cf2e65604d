package dev.neonstack.components.aws.iam;

import static java.util.Objects.requireNonNull;

import com.pulumi.aws.eks.PodIdentityAssociation;
import com.pulumi.aws.eks.PodIdentityAssociationArgs;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicy;
import com.pulumi.aws.iam.RolePolicyArgs;
import com.pulumi.aws.iam.RolePolicyAttachment;
import com.pulumi.aws.iam.RolePolicyAttachmentArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An IAM role that exactly one service account of one cluster can assume. */
public final class WorkloadRole extends ComponentResource {
  private static final String ANNOTATION = "eks.amazonaws.com/role-arn";

  private final String name;
  private final Spec spec;
  private final CustomResourceOptions child;
  private final Output<String> arn;

  /**
   * A role to have.
   *
   * @param account the only one that can assume it
   * @param permissionsBoundary ARN of the policy that bounds whatever else is allowed
   */
  public record Spec(
      ServiceAccountRef account,
      WorkloadIdentity identity,
      ClusterIdentity cluster,
      Permissions permissions,
      Optional<Output<String>> permissionsBoundary) {
    public Spec {
      requireNonNull(account, "account is null");
      requireNonNull(identity, "identity is null");
      requireNonNull(cluster, "cluster is null");
      requireNonNull(permissions, "permissions is null");
      requireNonNull(permissionsBoundary, "permissionsBoundary is null");
    }
  }

  /** Declares the role. */
  public WorkloadRole(String name, Spec spec, ComponentResourceOptions options) {
    super("neonstack:aws:WorkloadRole", name, options);
    this.name = name;
    this.spec = spec;
    this.child = CustomResourceOptions.builder().parent(this).build();
    var role = role();
    var granted = grant(role);
    if (spec.identity() == WorkloadIdentity.POD_IDENTITY) {
      granted.add(association(role));
    }
    this.arn = complete(role, granted);
    registerOutputs(Map.of("arn", arn));
  }

  /** Its ARN, known once the role has all its policies. */
  public Output<String> arn() {
    return arn;
  }

  /** What the service account has to be annotated with; absent where the cluster is told. */
  public Optional<Output<Map<String, String>>> annotations() {
    return switch (spec.identity()) {
      case IRSA -> Optional.of(arn.applyValue(known -> Map.of(ANNOTATION, known)));
      case POD_IDENTITY -> Optional.empty();
    };
  }

  private Role role() {
    var args =
        RoleArgs.builder()
            .description("Service account " + spec.account().subject())
            .assumeRolePolicy(trust().json());
    spec.permissionsBoundary().ifPresent(args::permissionsBoundary);
    return new Role(name, args.build(), child);
  }

  private List<CustomResource> grant(Role role) {
    var granted = new ArrayList<CustomResource>();
    spec.permissions()
        .managed()
        .forEach(
            (key, policyArn) ->
                granted.add(
                    new RolePolicyAttachment(
                        name + "-" + key,
                        RolePolicyAttachmentArgs.builder()
                            .role(role.name())
                            .policyArn(policyArn)
                            .build(),
                        child)));
    spec.permissions()
        .inline()
        .forEach(
            (key, policy) ->
                granted.add(
                    new RolePolicy(
                        name + "-" + key,
                        RolePolicyArgs.builder()
                            .name(key)
                            .role(role.name())
                            .policy(policy.json())
                            .build(),
                        child)));
    return granted;
  }

  private PodIdentityAssociation association(Role role) {
    return new PodIdentityAssociation(
        name,
        PodIdentityAssociationArgs.builder()
            .clusterName(spec.cluster().clusterName())
            .namespace(spec.account().namespace())
            .serviceAccount(spec.account().name())
            .roleArn(role.arn())
            .build(),
        child);
  }

  private PolicyDocument trust() {
    return PolicyDocument.of(
        switch (spec.identity()) {
          case IRSA -> trustInTokens();
          case POD_IDENTITY -> trustInAgent();
        });
  }

  private Statement trustInTokens() {
    var issuer = spec.cluster().issuerHost();
    return Statement.trust(
        "ServiceAccount",
        Principal.federated(spec.cluster().oidcProviderArn()),
        List.of("sts:AssumeRoleWithWebIdentity"),
        equal(issuer.applyValue(host -> host + ":sub"), spec.account().subject()),
        equal(issuer.applyValue(host -> host + ":aud"), "sts.amazonaws.com"));
  }

  /** The service is the same for all clusters of an account, so the tags say which pod it is. */
  private Statement trustInAgent() {
    return Statement.trust(
        "ServiceAccount",
        Principal.service("pods.eks.amazonaws.com"),
        List.of("sts:AssumeRole", "sts:TagSession"),
        Condition.of(
            "StringEquals", "aws:RequestTag/eks-cluster-name", spec.cluster().clusterName()),
        Condition.of(
            "StringEquals", "aws:RequestTag/kubernetes-namespace", spec.account().namespace()),
        Condition.of(
            "StringEquals", "aws:RequestTag/kubernetes-service-account", spec.account().name()));
  }

  private static Condition equal(Output<String> key, String value) {
    return new Condition("StringEquals", key, List.of(Output.of(value)));
  }

  private static Output<String> complete(Role role, List<CustomResource> granted) {
    var done = Output.all(granted.stream().map(CustomResource::id).toList());
    return Output.tuple(role.arn(), done).applyValue(known -> known.t1);
  }
}
