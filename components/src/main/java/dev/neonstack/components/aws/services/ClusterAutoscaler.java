package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.aws.iam.Condition;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Resources;
import dev.neonstack.components.aws.iam.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Cluster Autoscaler, which sets the size of node groups by what pods ask for. It finds the
 * groups of its cluster by the tags that EKS gives the group behind each managed node group.
 */
public final class ClusterAutoscaler extends ComponentResource {
  /** The newest in July 2026. It holds Cluster Autoscaler 1.35; {@link #IMAGES} replaces it. */
  static final Chart CHART =
      new Chart("cluster-autoscaler", "https://kubernetes.github.io/autoscaler", "9.59.0");

  /**
   * The image for each version of Kubernetes, since its scheduler has to be the cluster's. Released
   * by July 2026.
   */
  static final Map<String, String> IMAGES = Map.of("1.35", "v1.35.1", "1.36", "v1.36.1");

  private static final String ACCOUNT = "cluster-autoscaler";
  private static final String TAG = "k8s.io/cluster-autoscaler/";

  private final Release release;

  /**
   * An autoscaler to have.
   *
   * @param kubernetesVersion of the cluster, such as {@code 1.36}
   */
  public record Spec(ServiceCluster cluster, String kubernetesVersion) {
    public Spec {
      requireNonNull(cluster, "cluster is null");
      if (!IMAGES.containsKey(kubernetesVersion)) {
        throw new IllegalArgumentException(
            "kubernetesVersion is '%s'; expected one of %s, for which a Cluster Autoscaler is known. Use karpenter or none, or add its image"
                .formatted(kubernetesVersion, String.join(", ", new TreeMap<>(IMAGES).keySet())));
      }
    }
  }

  /** Declares the autoscaler. */
  public ClusterAutoscaler(String name, Spec spec, ComponentResourceOptions options) {
    super("neonstack:aws:ClusterAutoscaler", name, options);
    var account =
        Account.of(this, name, spec.cluster(), Namespaces.SYSTEM, ACCOUNT, policy(spec.cluster()));
    this.release = Releases.of(this, name, CHART, Namespaces.SYSTEM, values(spec), account.both());
    registerOutputs(Map.of());
  }

  public Resource workload() {
    return release;
  }

  /** Computes keep scratch files on their node, which must not hold the node for ever. */
  static Map<String, Object> values(Spec spec) {
    var values = new LinkedHashMap<String, Object>();
    values.put("fullnameOverride", ACCOUNT);
    values.put("cloudProvider", "aws");
    values.put("awsRegion", spec.cluster().region());
    values.put("autoDiscovery", Map.of("clusterName", spec.cluster().name()));
    values.put("image", Map.of("tag", IMAGES.get(spec.kubernetesVersion())));
    values.put("replicaCount", 2);
    values.put("podDisruptionBudget", Map.of("maxUnavailable", 1));
    values.put("priorityClassName", Namespaces.CRITICAL);
    values.put("resources", Needs.of("100m", "600Mi"));
    values.put("rbac", Map.of("serviceAccount", Needs.account(ACCOUNT)));
    values.put(
        "extraArgs",
        Map.of(
            "balance-similar-node-groups", true,
            "expander", "least-waste",
            "skip-nodes-with-local-storage", false,
            "skip-nodes-with-system-pods", false));
    return values;
  }

  static PolicyDocument policy(ServiceCluster cluster) {
    return PolicyDocument.of(
        Statement.allow(
            "Read",
            List.of(
                "autoscaling:DescribeAutoScalingGroups",
                "autoscaling:DescribeAutoScalingInstances",
                "autoscaling:DescribeLaunchConfigurations",
                "autoscaling:DescribeScalingActivities",
                "autoscaling:DescribeTags",
                "ec2:DescribeImages",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:GetInstanceTypesFromInstanceRequirements"),
            Resources.any()),
        Statement.allow(
            "ReadNodeGroups",
            List.of("eks:DescribeNodegroup"),
            Resources.of(
                cluster
                    .name()
                    .apply(name -> cluster.arn("eks", "nodegroup/%s/*/*".formatted(name))))),
        Statement.allow(
            "SizeOwnGroups",
            List.of(
                "autoscaling:SetDesiredCapacity",
                "autoscaling:TerminateInstanceInAutoScalingGroup"),
            Resources.of(cluster.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*")),
            Condition.of("StringEquals", "aws:ResourceTag/" + TAG + "enabled", "true"),
            new Condition(
                "StringEquals",
                cluster.name().applyValue(name -> "aws:ResourceTag/" + TAG + name),
                List.of(Output.of("owned")))));
  }
}
