package dev.neonstack.components.aws.eks;

import static java.util.Objects.requireNonNull;

import com.pulumi.aws.cloudwatch.LogGroup;
import com.pulumi.aws.cloudwatch.LogGroupArgs;
import com.pulumi.aws.kms.Key;
import com.pulumi.aws.kms.KeyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.aws.network.Network;
import java.util.Map;

/**
 * An EKS cluster without nodes: its API server inside the VPC, and outside only for listed
 * networks; secrets encrypted with a key of our own; access by entries of EKS; an identity provider
 * by which service accounts get roles; and the add-ons that nodes wait for. A program that declares
 * objects in it has to run where its API server is reached.
 */
public final class EksCluster extends ComponentResource {
  private static final int DAYS_TO_REGRET = 30;

  private final EksClusterSpec spec;
  private final RemoteCluster cluster;

  /** Declares the cluster. */
  public EksCluster(
      String name, EksClusterSpec spec, Network network, ComponentResourceOptions options) {
    super("neonstack:aws:EksCluster", name, options);
    this.spec = requireNonNull(spec, "spec is null");
    var key = key(name);
    var logs = logs(name);
    this.cluster =
        new RemoteCluster(
            name,
            new RemoteCluster.Args(spec, network, key.arn()),
            ComponentResourceOptions.builder().parent(this).dependsOn(logs).build());
    registerOutputs(
        Map.of(
            "name", name(),
            "kubeconfig", kubeconfig(),
            "oidcProviderArn", oidcProviderArn(),
            "issuerHost", issuerHost(),
            "nodeSecurityGroupId", nodeSecurityGroupId()));
  }

  /** Its name, once it is there. */
  public Output<String> name() {
    return cluster.nodeSecurityGroupId().applyValue(made -> spec.name());
  }

  public EksVersion version() {
    return spec.version();
  }

  /** How kubectl gets at it: by {@code aws eks get-token}, so that it holds no password. */
  public Output<String> kubeconfig() {
    return cluster.kubeconfigJson().asSecret();
  }

  public Output<String> oidcProviderArn() {
    return cluster.oidcProviderArn();
  }

  /**
   * The issuer of the tokens of service accounts, without the scheme: so conditions of IAM name it.
   */
  public Output<String> issuerHost() {
    return cluster.oidcIssuer();
  }

  /** The security group of nodes and control plane, which EKS makes. */
  public Output<String> nodeSecurityGroupId() {
    return cluster.nodeSecurityGroupId();
  }

  String declaredName() {
    return spec.name();
  }

  RemoteCluster remote() {
    return cluster;
  }

  /** Without it no Secret of the cluster can be read again. */
  private Key key(String name) {
    return new Key(
        name + "-secrets",
        KeyArgs.builder()
            .description("Secrets of the EKS cluster " + spec.name())
            .enableKeyRotation(true)
            .deletionWindowInDays(DAYS_TO_REGRET)
            .build(),
        CustomResourceOptions.builder()
            .parent(this)
            .protect(spec.deletionProtection())
            .retainOnDelete(spec.deletionProtection())
            .build());
  }

  /** EKS makes it itself where it is missing, and then keeps everything for ever. */
  private LogGroup logs(String name) {
    return new LogGroup(
        name + "-logs",
        LogGroupArgs.builder()
            .name("/aws/eks/%s/cluster".formatted(spec.name()))
            .retentionInDays(spec.logDays())
            .build(),
        CustomResourceOptions.builder().parent(this).build());
  }
}
