package dev.neonstack.components.neon.kube;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudgetArgs;
import com.pulumi.kubernetes.policy.v1.inputs.PodDisruptionBudgetSpecArgs;
import java.util.Map;
import java.util.Optional;

/** What stands beside the workloads of a role. */
public final class Pods {
  private Pods() {}

  /** The pods of a workload; another annotation means other pods. */
  public static PodTemplateSpecArgs template(
      Role role, Output<Map<String, String>> annotations, PodSpecArgs pod) {
    return PodTemplateSpecArgs.builder()
        .metadata(ObjectMetaArgs.builder().labels(role.labels()).annotations(annotations).build())
        .spec(pod)
        .build();
  }

  /** An account without a token for the API server. */
  public static ServiceAccountArgs account(Output<String> namespace, Role role) {
    return account(namespace, role, Optional.empty());
  }

  /**
   * An account without a token for the API server.
   *
   * @param identity annotations by which a cloud knows it
   */
  public static ServiceAccountArgs account(
      Output<String> namespace, Role role, Optional<Output<Map<String, String>>> identity) {
    var metadata = Metadata.of(namespace, role.account(), role);
    identity.ifPresent(metadata::annotations);
    return ServiceAccountArgs.builder()
        .metadata(metadata.build())
        .automountServiceAccountToken(false)
        .build();
  }

  /**
   * Lets nodes be drained one pod of the role at a time. A pod that is not ready may go at any
   * time, so that one which never becomes ready holds no drain up.
   */
  public static PodDisruptionBudgetArgs oneAtATime(Output<String> namespace, Role role) {
    return budget(namespace, role, "AlwaysAllow");
  }

  /**
   * The same for pods of which a majority has to stay: one that is not ready may hold what the
   * others lack, and goes only while all others are ready.
   */
  public static PodDisruptionBudgetArgs oneAtATimeOfAQuorum(Output<String> namespace, Role role) {
    return budget(namespace, role, "IfHealthyBudget");
  }

  private static PodDisruptionBudgetArgs budget(
      Output<String> namespace, Role role, String ofUnhealthyPods) {
    return PodDisruptionBudgetArgs.builder()
        .metadata(Metadata.of(namespace, role.word(), role).build())
        .spec(
            PodDisruptionBudgetSpecArgs.builder()
                .maxUnavailable(1)
                .selector(Metadata.select(role))
                .unhealthyPodEvictionPolicy(ofUnhealthyPods)
                .build())
        .build();
  }
}
