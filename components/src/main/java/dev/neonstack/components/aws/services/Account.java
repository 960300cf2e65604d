package dev.neonstack.components.aws.services;

import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.aws.iam.Permissions;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.ServiceAccountRef;
import dev.neonstack.components.aws.iam.WorkloadRole;
import dev.neonstack.components.neon.kube.Home;
import java.util.List;
import java.util.Map;

/**
 * The service account of a controller with the role that it alone can assume. It is made here and
 * not by the chart, so that its name is the one the role trusts.
 */
record Account(ServiceAccount account, WorkloadRole role) {
  /** Labels of what is made beside a chart. */
  static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/part-of", "neonstack", "app.kubernetes.io/managed-by", "pulumi");

  private static final String POLICY = "controller";

  static Account of(
      Resource parent,
      String name,
      ServiceCluster cluster,
      Home home,
      String account,
      PolicyDocument policy) {
    var role =
        new WorkloadRole(
            name,
            new WorkloadRole.Spec(
                new ServiceAccountRef(home.name(), account),
                cluster.workloads(),
                cluster.identity(),
                Permissions.inline(POLICY, policy),
                cluster.permissionsBoundary()),
            ComponentResourceOptions.builder().parent(parent).build());
    var metadata =
        ObjectMetaArgs.builder().name(account).namespace(home.namespace()).labels(LABELS);
    role.annotations().ifPresent(metadata::annotations);
    return new Account(
        new ServiceAccount(
            name,
            ServiceAccountArgs.builder().metadata(metadata.build()).build(),
            CustomResourceOptions.builder().parent(parent).build()),
        role);
  }

  /** What has to be there before pods run as the account. */
  List<Resource> both() {
    return List.of(account, role);
  }
}
