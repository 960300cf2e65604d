package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import com.pulumi.aws.iam.InstanceProfile;
import com.pulumi.aws.iam.InstanceProfileArgs;
import com.pulumi.core.Output;
import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.CustomObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Karpenter, which starts machines for computes that wait for room and stops them when they are
 * empty. It runs on nodes of a node group, never on its own.
 */
public final class Karpenter extends ComponentResource {
  /** Seen in use with Kubernetes 1.36 in September 2026. */
  private static final String VERSION = "1.14.1";

  private static final String REPOSITORY = "oci://public.ecr.aws/karpenter";

  static final Chart CHART = new Chart("karpenter", REPOSITORY, VERSION);

  /** By itself, since Helm never updates definitions that come with a chart. */
  static final Chart DEFINITIONS = new Chart("karpenter-crd", REPOSITORY, VERSION);

  private static final CustomObject.Kind NODE_CLASS =
      new CustomObject.Kind("karpenter.k8s.aws/v1", "EC2NodeClass");
  private static final CustomObject.Kind NODE_POOL =
      new CustomObject.Kind("karpenter.sh/v1", "NodePool");
  private static final String ACCOUNT = "karpenter";

  /**
   * Makes Pulumi's plugin wait for Karpenter's word that it can start nodes of the class, which it
   * finds out by dry runs; without, an {@code up} would end well where no node can ever start.
   */
  private static final Map<String, String> AWAIT_READY =
      Map.of("pulumi.com/waitFor", "condition=Ready");

  /** Removing a pool waits until its nodes have been drained. */
  private static final Duration DRAIN = Duration.ofMinutes(30);

  private final CustomObject pool;

  /**
   * A Karpenter to have.
   *
   * @param nodeRoleArn ARN of the role of the nodes of a managed node group, which the cluster
   *     knows already
   */
  public record Spec(ServiceCluster cluster, Output<String> nodeRoleArn, ComputePool pool) {
    public Spec {
      requireNonNull(cluster, "cluster is null");
      requireNonNull(nodeRoleArn, "nodeRoleArn is null");
      requireNonNull(pool, "pool is null");
    }

    private Output<String> nodeRole() {
      return nodeRoleArn.applyValue(arn -> arn.substring(arn.lastIndexOf('/') + 1));
    }
  }

  /** Declares Karpenter and its pool. */
  public Karpenter(String name, Spec spec, ComponentResourceOptions options) {
    super("neonstack:aws:Karpenter", name, options);
    var queue =
        new InterruptionQueue(
            name + "-interruptions",
            spec.pool().tags(),
            ComponentResourceOptions.builder().parent(this).build());
    var release = release(name, spec, queue);
    var nodeClass = nodeClass(name, spec, release);
    this.pool =
        new CustomObject(
            name,
            NODE_POOL,
            metadata().build(),
            spec.pool().nodePool(),
            drained(release, nodeClass));
    registerOutputs(Map.of());
  }

  /** What has to be there before computes find room. */
  public Resource workload() {
    return pool;
  }

  private Release release(String name, Spec spec, InterruptionQueue queue) {
    var policy = KarpenterPolicy.of(spec.cluster(), spec.nodeRoleArn(), queue.arn());
    var account = Account.of(this, name, spec.cluster(), Namespaces.SYSTEM, ACCOUNT, policy);
    var definitions =
        Releases.of(
            this, name + "-crd", DEFINITIONS, Namespaces.SYSTEM, Map.of(), List.<Resource>of());
    var after = new ArrayList<Resource>(account.both());
    after.add(definitions);
    return Releases.of(
        this,
        name,
        CHART,
        Namespaces.SYSTEM,
        values(spec.cluster().name(), queue.queueName()),
        after);
  }

  private CustomObject nodeClass(String name, Spec spec, Release release) {
    var profile =
        new InstanceProfile(
            name,
            InstanceProfileArgs.builder().role(spec.nodeRole()).tags(spec.pool().tags()).build(),
            CustomResourceOptions.builder().parent(this).build());
    return new CustomObject(
        name + "-class",
        NODE_CLASS,
        metadata().annotations(AWAIT_READY).build(),
        spec.pool().nodeClass(profile.name()),
        drained(release));
  }

  static Map<String, Object> values(Output<String> clusterName, Output<String> queueName) {
    var values = new LinkedHashMap<String, Object>();
    values.put("replicas", 2);
    values.put("priorityClassName", Namespaces.CRITICAL);
    values.put("serviceAccount", Needs.account(ACCOUNT));
    values.put("controller", Map.of("resources", Needs.of("500m", "1Gi")));
    values.put("settings", Map.of("clusterName", clusterName, "interruptionQueue", queueName));
    return values;
  }

  private static ObjectMetaArgs.Builder metadata() {
    return ObjectMetaArgs.builder().name(ComputePool.NAME).labels(Account.LABELS);
  }

  private CustomResourceOptions drained(Resource... after) {
    return CustomResourceOptions.builder()
        .parent(this)
        .dependsOn(after)
        .customTimeouts(CustomTimeouts.builder().delete(DRAIN).build())
        .build();
  }
}
